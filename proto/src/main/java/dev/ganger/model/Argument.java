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

    /** Finds {@code {}} and <code>{#}</code>, never after {@code $}; other braces are left alone. */
    public static Argument parse(Bytes bytes) {
        var pieces = new ArrayList<Piece>();
        var source = bytes.toByteArray();
        var literalFrom = 0;
        var at = 0;
        while (at < source.length) {
            var placeholder = placeholderAt(source, at);
            if (placeholder == null) {
                at++;
                continue;
            }
            addLiteral(pieces, source, literalFrom, at);
            pieces.add(placeholder);
            at += placeholder == Piece.Placeholder.ENTRY ? 2 : 3;
            literalFrom = at;
        }
        addLiteral(pieces, source, literalFrom, source.length);
        return new Argument(pieces);
    }

    private static Piece.@Nullable Placeholder placeholderAt(byte[] source, int at) {
        if (source[at] != '{' || (at > 0 && source[at - 1] == '$')) {
            return null;
        }
        if (at + 1 < source.length && source[at + 1] == '}') {
            return Piece.Placeholder.ENTRY;
        }
        if (at + 2 < source.length && source[at + 1] == '#' && source[at + 2] == '}') {
            return Piece.Placeholder.INDEX;
        }
        return null;
    }

    private static void addLiteral(List<Piece> pieces, byte[] source, int from, int to) {
        if (to > from) {
            pieces.add(new Piece.Literal(Bytes.of(Arrays.copyOfRange(source, from, to))));
        }
    }

    /** The argument of one task; {@code entry} is its entry, or its index in a job without entries. */
    public Bytes fill(Bytes entry, long index) {
        if (pieces.size() == 1 && pieces.getFirst() instanceof Piece.Literal(var bytes)) {
            return bytes;
        }
        var filled = new ByteArrayOutputStream();
        for (var piece : pieces) {
            filled.writeBytes(switch (piece) {
                case Piece.Literal(var bytes) -> bytes.toByteArray();
                case Piece.Placeholder.ENTRY -> entry.toByteArray();
                case Piece.Placeholder.INDEX -> Long.toString(index).getBytes(StandardCharsets.US_ASCII);
            });
        }
        return Bytes.wrap(filled.toByteArray());
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
