package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Time;
import java.time.Duration;

/**
 * Time as far as somebody looked at it: while the process is stopped, swapped out or waits for its disk, what agents say waits too, and no
 * lease grows older for it. Read by one thread.
 */
public final class AwakeTime implements TimeSource {
    /** Several times what the loop sleeps when nothing happens. */
    private static final long LEAST_MILLIS = 200;

    private final TimeSource clock;
    private final long mostMillis;
    private long last;
    private long missed;

    /** Between two looks no more than this counts, or a moment if it is less than that. */
    public AwakeTime(TimeSource clock, Duration most) {
        this.clock = clock;
        this.mostMillis = Math.max(LEAST_MILLIS, most.toMillis());
        this.last = clock.read().now();
    }

    @Override
    public Time read() {
        var time = clock.read();
        missed += Math.max(0, time.now() - last - mostMillis);
        last = time.now();
        return new Time(time.now() - missed, time.at());
    }
}
