package dev.ganger.cli.command;

import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time as users write them: 500ms, 10s, 1h30m. */
final class Durations {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private Durations() {}

    static Duration parse(String text) {
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
}
