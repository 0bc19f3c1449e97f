package dev.ganger.coordinator.core;

import java.time.Duration;
import java.time.Instant;

/** A time to wait, by the wall clock. */
public record Pause(Instant since, Instant until) {
    /** Never more than it was meant to be, whatever the wall clock did. */
    Duration left(Instant at) {
        return left(at, Duration.between(since, until));
    }

    /** The same if it was meant to be of this length. */
    Duration left(Instant at, Duration length) {
        var ahead = Duration.between(at, since.plus(length));
        return ahead.isNegative() ? Duration.ZERO : ahead.compareTo(length) > 0 ? length : ahead;
    }
}
