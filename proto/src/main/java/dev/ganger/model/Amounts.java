package dev.ganger.model;

import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time, sizes and numbers as people write them. */
public final class Amounts {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    /** Any unit of time can count it. */
    private static final Duration LONGEST = Duration.ofDays(100_000);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([KMGT]?)");

    private Amounts() {}

    /** {@code 500ms}, {@code 10s}, {@code 1h30m}. */
    public static Duration duration(String text) {
        var sum = Duration.ZERO;
        var part = PART.matcher(text);
        var end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(length(Long.parseLong(part.group(1)), part.group(2)));
            end = part.end();
        }
        if (text.isEmpty() || end != text.length()) {
            throw new IllegalArgumentException("expected a length of time, for example 500ms, 10s or 1h30m, not '" + text + "'");
        }
        if (sum.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a length of time is at most %dd, not '%s'".formatted(LONGEST.toDays(), text));
        }
        return sum;
    }

    private static Duration length(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** {@code 4G}: a number of bytes, or with K, M, G, T of powers of 1024. */
    public static long bytes(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("expected a size, for example 512K, 64M or 4G, not '" + text + "'");
        }
        var power = "KMGT".indexOf(size.group(2).isEmpty() ? "-" : size.group(2)) + 1;
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("a size of " + text + " is too large", overflow);
        }
    }

    /** A whole number. */
    public static long number(String text, long least, long most) {
        var number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("expected a whole number from %d to %d, not '%s'".formatted(least, most, text));
        }
        return number;
    }
}
