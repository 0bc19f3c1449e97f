package dev.ganger.coordinator.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs histories, which share nothing, on all cores: -Dganger.seeds=N of them, from -Dganger.seed.from=M on. */
final class SimulationTest {
    /** They showed a mistake once. */
    private static final long[] ONCE_FAILED = {3, 6, 11, 25, 39, 152, 326, 347, 595, 708, 1578, 2166, 3156, 9751};

    @Test
    void historiesThatOnceFailedKeepTheLaws() {
        LongStream.of(ONCE_FAILED).forEach(Simulation::run);
    }

    @Test
    void everyHistoryKeepsTheLaws() {
        long from = Long.getLong("ganger.seed.from", 1);
        LongStream.range(from, from + Long.getLong("ganger.seeds", 1_000)).parallel().forEach(Simulation::run);
    }
}
