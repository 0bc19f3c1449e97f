package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Time in which nobody looked does not make leases older. */
final class AwakeTimeTest {
    private final AtomicLong clock = new AtomicLong(1_000);
    private final AwakeTime time = new AwakeTime(
            () -> new Time(clock.get(), Instant.EPOCH.plusMillis(clock.get())), Duration.ofSeconds(10));

    private Time after(long millis) {
        clock.addAndGet(millis);
        return time.read();
    }

    @Test
    void timeGoesOnWhileSomebodyLooks() {
        assertThat(after(50).now()).isEqualTo(1_050);
        assertThat(after(10_000).now()).isEqualTo(11_050);
    }

    @Test
    void aPauseCountsNoMoreThanItMay() {
        assertThat(after(3_600_000).now()).isEqualTo(11_000);
        assertThat(after(50).now()).isEqualTo(11_050);
    }

    @Test
    void theWallClockIsLeftAlone() {
        assertThat(after(3_600_000).at()).isEqualTo(Instant.EPOCH.plusMillis(3_601_000));
    }
}
