package dev.ganger.cli.command;

import dev.ganger.model.Amounts;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** The parser works on strings of octets, one character a byte; here they become what they stand for. */
final class Converters {
    private Converters() {}

    static String octets(Bytes bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    static Bytes bytes(String octets) {
        return Bytes.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String text(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static <T> T checked(String octets, Function<String, T> parse) {
        try {
            return parse.apply(text(octets));
        } catch (IllegalArgumentException problem) {
            throw new TypeConversionException(problem.getMessage());
        }
    }

    static <T> T number(String octets, Function<String, T> parse) {
        try {
            return parse.apply(text(octets));
        } catch (NumberFormatException _) {
            throw new TypeConversionException("expected a whole number that is not too large, not '" + octets + "'");
        }
    }

    /** Nothing needs no unit. */
    static Duration duration(String text) {
        return text.equals("0") ? Duration.ZERO : Amounts.duration(text);
    }

    /** A least and a longest pause; one alone is both. */
    static Backoff backoff(String text) {
        var dots = text.indexOf("..");
        try {
            return dots < 0
                    ? new Backoff(Amounts.duration(text), Amounts.duration(text))
                    : new Backoff(Amounts.duration(text.substring(0, dots)), Amounts.duration(text.substring(dots + 2)));
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(
                    problem.getMessage() + "; write MIN..MAX, for example 1s..5m, or one length of time",
                    problem);
        }
    }

    /** A size, or none: then there is no limit. */
    static long limit(String text) {
        if (!text.equals("none") && text.matches("[a-z].*")) {
            throw new IllegalArgumentException("expected a size, for example 64M or 4G, or none, not '" + text + "'");
        }
        return text.equals("none") ? Limits.ALL_OUTPUT : Amounts.bytes(text);
    }

    /** A message of the parser, which may quote octets. */
    static String readable(String message) {
        if (message.chars().anyMatch(each -> each > 0xff)) {
            return message;
        }
        try {
            var octets = message.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            return message;
        }
    }
}
