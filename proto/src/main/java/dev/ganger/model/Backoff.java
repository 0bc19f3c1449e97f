package dev.ganger.model;

import java.time.Duration;

/** How long a task that failed waits: min at first, then twice as long each time, up to max. */
public record Backoff(Duration min, Duration max) {
    public Backoff {
        if (!min.isPositive() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("a back-off goes from more than 0 to as much or more, not from %d ms to %d ms"
                    .formatted(min.toMillis(), max.toMillis()));
        }
        if (max.compareTo(Limits.BACKOFF) > 0) {
            throw new IllegalArgumentException("a back-off is at most %d days".formatted(Limits.BACKOFF.toDays()));
        }
    }

    /** Before the retry of this number, from 1. */
    public Duration before(int retry) {
        var wait = min;
        for (var each = 1; each < retry && wait.compareTo(max) < 0; each++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }
}
