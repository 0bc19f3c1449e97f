package dev.ganger.cli.command;

import dev.ganger.model.Indices;
import org.jspecify.annotations.Nullable;

/** The indices of an array, and how many of them run at once: 1-1000%8. */
record ArrayInput(Indices indices, @Nullable Integer maxRunning) {

    static ArrayInput parse(String text) {
        var percent = text.lastIndexOf('%');
        return percent < 0
                ? new ArrayInput(Ranges.parse(text), null)
                : new ArrayInput(Ranges.parse(text.substring(0, percent)), atOnce(text, text.substring(percent + 1)));
    }

    private static int atOnce(String text, String digits) {
        if (!digits.matches("[0-9]{1,9}") || Integer.parseInt(digits) < 1) {
            throw new IllegalArgumentException(
                    "expected how many run at once after the '%', for example 1-1000%8, not '" + text + "'");
        }
        return Integer.parseInt(digits);
    }
}
