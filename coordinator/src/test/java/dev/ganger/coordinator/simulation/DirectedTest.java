package dev.ganger.coordinator.simulation;

import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories in which one thing goes wrong, again and again. */
final class DirectedTest {
    private static final int HISTORIES = 40;
    private static final int CUTS = 20;

    private static void oneAttemptUnlessItFailed(World world) {
        assertThat(world.laws.records.lost).isEmpty();
        assertThat(world.ledger.begun()).isEqualTo(world.laws.records.results.size() + world.laws.records.retries());
    }

    /** Each is shorter than the lease by what it takes to come back: ten seconds of a minute. */
    @Test
    void twentyCutsShorterThanTheLeaseGiveNoExtraAttempt() {
        LongStream.rangeClosed(1, HISTORIES).forEach(seed -> {
            var world = new World(seed, EnumSet.noneOf(Plan.Fault.class));
            for (var cut = 1; cut <= CUTS; cut++) {
                world.agenda.in(cut * world.plan.leaseMillis * 3 / 2, () -> world.workers.forEach(
                        worker -> worker.cutOff(world.chance.from(1, world.plan.leaseMillis * 5 / 6))));
            }
            Simulation.run(seed, world);
            oneAttemptUnlessItFailed(world);
        });
    }

    /** Ten seconds of a lease of a minute, of each process at any moment. */
    @Test
    void stallsAndTurnedClocksEndNoLease() {
        LongStream.rangeClosed(1, HISTORIES).forEach(seed -> {
            var world = new World(seed, EnumSet.of(Plan.Fault.STALLS, Plan.Fault.CLOCK_JUMPS));
            Simulation.run(seed, world);
            oneAttemptUnlessItFailed(world);
        });
    }

    /** Frozen past the lease, half open, cut one way: whoever is silent is noticed, and on return its tasks have one result. */
    @Test
    void silenceIsNoticedHoweverItComes() {
        LongStream.rangeClosed(1, HISTORIES).forEach(seed -> Simulation.run(seed,
                new World(seed,
                        EnumSet.of(Plan.Fault.FREEZES, Plan.Fault.HALF_OPEN, Plan.Fault.ONE_WAY_CUTS, Plan.Fault.LOSSY_LINKS))));
    }
}
