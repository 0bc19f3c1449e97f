package dev.ganger.json;

import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** How JSON is read, everywhere. */
final class Json {
    /** Arrays and objects within each other, at most. */
    static final int DEPTH = 100;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    // One for the array around all entries.
                    .maxNestingDepth(DEPTH + 1)
                    .maxStringLength(Limits.STRING_BYTES)
                    .maxNameLength(Limits.STRING_BYTES)
                    .maxNumberLength(Limits.STRING_BYTES)
                    .build())
            .build();

    private Json() {}

    /** What the parser has against it, as the end of a sentence. */
    static String complaint(JacksonException problem) {
        var message = problem.getOriginalMessage().lines().findFirst().orElse("");
        return switch (problem) {
            case StreamConstraintsException _ -> message.startsWith("Document nesting depth")
                    ? "arrays and objects are more than " + DEPTH + " deep within each other"
                    : "a value is too long: an entry must be smaller than " + Limits.STRING_BYTES + " bytes";
            case UnexpectedEndOfInputException _ -> "it ends within a value";
            default -> Character.toLowerCase(message.charAt(0)) + message.substring(1);
        };
    }

    /** Null if a character of it is half of a pair. */
    static @Nullable Bytes utf8(String text) {
        try {
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Bytes.wrap(Arrays.copyOf(encoded.array(), encoded.limit()));
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    /** A JSON text without the blanks between its tokens; everything else as it is. */
    static Bytes compact(byte[] text, int from, int to) {
        var compact = new byte[to - from];
        var length = 0;
        var inString = false;
        for (var at = from; at < to; at++) {
            var octet = text[at];
            if (inString || (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t')) {
                compact[length++] = octet;
            }
            if (octet == '"') {
                inString = !inString;
            } else if (inString && octet == '\\') {
                compact[length++] = text[++at];
            }
        }
        return Bytes.wrap(length == compact.length ? compact : Arrays.copyOf(compact, length));
    }
}
