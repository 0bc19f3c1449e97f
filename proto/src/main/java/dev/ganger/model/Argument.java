package dev.ganger.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One argument of a command, with its placeholders already parsed. */
public record Argument(List<Piece> pieces) {
    public Argument {
        pieces = List.copyOf(pieces);
    }

    /** An argument without placeholders. */
    public static Argument literal(Bytes bytes) {
        return bytes.isEmpty() ? new Argument(List.of()) : new Argument(List.of(new Piece.Literal(bytes)));
    }

    /**
     * Finds {@code {}} and <code>{#}</code>, and if fields are wanted <code>{.name}</code>; never after {@code $}, and other braces are left
     * alone. Values are quoted for a shell if that is wanted.
     */
    public static Argument parse(Bytes bytes, boolean fields, boolean quoted) {
        var pieces = new ArrayList<Piece>();
        var source = bytes.toByteArray();
        var literalFrom = 0;
        var at = 0;
        while (at < source.length) {
            var end = endOfPlaceholder(source, at);
            var placeholder = end < 0 ? null : placeholder(source, at + 1, end, fields, quoted);
            if (placeholder == null) {
                at++;
                continue;
            }
            addLiteral(pieces, source, literalFrom, at);
            pieces.add(placeholder);
            at = end + 1;
            literalFrom = at;
        }
        addLiteral(pieces, source, literalFrom, source.length);
        return new Argument(pieces);
    }

    /** The place of the brace that closes the one here, with nothing between that cannot be in a placeholder; or -1. */
    private static int endOfPlaceholder(byte[] source, int at) {
        if (source[at] != '{' || (at > 0 && source[at - 1] == '$')) {
            return -1;
        }
        var end = at + 1;
        while (end < source.length && source[end] != '}' && isOfName(source[end])) {
            end++;
        }
        return end < source.length && source[end] == '}' ? end : -1;
    }

    private static boolean isOfName(byte octet) {
        return octet == '#' || octet == '.' || octet == '_' || octet == '-' || octet < 0 || Character.isLetterOrDigit(octet);
    }

    private static @Nullable Piece placeholder(byte[] source, int from, int to, boolean fields, boolean quoted) {
        if (from == to) {
            return new Piece.Entry(quoted);
        }
        if (to == from + 1 && source[from] == '#') {
            return new Piece.Index();
        }
        return fields && source[from] == '.' && to > from + 1
                ? new Piece.Field(new String(source, from + 1, to - from - 1, StandardCharsets.UTF_8), quoted)
                : null;
    }

    private static void addLiteral(List<Piece> pieces, byte[] source, int from, int to) {
        if (to > from) {
            pieces.add(new Piece.Literal(Bytes.of(Arrays.copyOfRange(source, from, to))));
        }
    }

    /** The argument of one task. */
    public Bytes fill(TaskValues values) {
        if (pieces.size() == 1 && pieces.getFirst() instanceof Piece.Literal(var bytes)) {
            return bytes;
        }
        var filled = new ByteArrayOutputStream();
        for (var piece : pieces) {
            filled.writeBytes(switch (piece) {
                case Piece.Literal(var bytes) -> bytes.toByteArray();
                case Piece.Entry(var quoted) -> value(values.entry(), quoted);
                case Piece.Index() -> Long.toString(values.index()).getBytes(StandardCharsets.US_ASCII);
                case Piece.Field(var name, var quoted) -> value(values.field(name), quoted);
            });
        }
        return Bytes.wrap(filled.toByteArray());
    }

    private static byte[] value(Bytes bytes, boolean quoted) {
        return quoted ? ShellQuote.quote(bytes).toByteArray() : bytes.toByteArray();
    }

    /** The bytes that the command line holds for it; placeholders count as nothing. */
    int literalBytes() {
        var sum = 0;
        for (var piece : pieces) {
            if (piece instanceof Piece.Literal(var bytes)) {
                sum += bytes.size();
            }
        }
        return sum;
    }
}
