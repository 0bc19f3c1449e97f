package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Time;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clocks of this machine, read once a batch; tests drive their own. */
@FunctionalInterface
public interface TimeSource {
    Time read();

    /** Monotonic from now on. */
    static TimeSource system() {
        var start = System.nanoTime();
        return () -> new Time(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), Instant.now());
    }
}
