package dev.ganger.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What bounds each attempt of a task.
 *
 * @param timeout how long it may run; null: as long as it wants
 * @param grace   the time between TERM and KILL
 * @param output  bytes kept of each stream, at most: half from its start, the rest from its end
 */
public record TaskLimits(@Nullable Duration timeout, Duration grace, long output) {
    public static final TaskLimits DEFAULT = new TaskLimits(null, Limits.DEFAULT_GRACE, Limits.OUTPUT_BYTES);

    public TaskLimits {
        if (timeout != null && !timeout.isPositive()) {
            throw new IllegalArgumentException("a timeout must be longer than 0, not " + timeout.toMillis() + " ms");
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace cannot be negative: " + grace);
        }
        if (output < 0) {
            throw new IllegalArgumentException("an output limit cannot be negative: " + output);
        }
    }
}
