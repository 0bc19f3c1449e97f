package dev.ganger.system;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that do not get the processor for a while: who does not listen does not hold against others that they were silent. */
final class StallsIT {
    private static final Duration LEASE = Duration.ofSeconds(4);
    /** Of the coordinator: shorter than a lease, and longer. */
    private static final List<Duration> STALLS = List.of(LEASE.dividedBy(2), Duration.ofSeconds(10));
    private static final Duration LONG_LEASE = Duration.ofSeconds(16);

    @Test
    void noLeaseEndsBecauseTheCoordinatorWasStopped() {
        try (var site = new Site()) {
            site.startCoordinator("--lease", LEASE.toSeconds() + "s");
            site.startAgent("east", "--slots", "2");
            site.startAgent("west", "--slots", "2");
            var stalls = STALLS.size() * FaultTable.RUNS;
            var fire = Fire.open(site, 20 * (stalls + 1), FaultTable.random(), false);
            for (var stall = 0; stall < stalls; stall++) {
                fire.awaitTasks(20 * stall);
                stall(site.coordinator(), STALLS.get(stall % STALLS.size()));
            }
            var account = fire.account();
            assertThat(account.repeats()).as("tasks that were started twice").isZero();
            FaultTable.row("coordinator stopped (SIGSTOP) for half a lease, and for 2.5 leases", stalls,
                    account.attempts().size(), 0,
                    Duration.ZERO);
        }
    }

    @Test
    void noLeaseEndsWhileAnAgentIsStoppedForLess() {
        try (var site = new Site()) {
            site.startCoordinator("--lease", LONG_LEASE.toSeconds() + "s");
            var agent = site.startAgent("east", "--slots", "2");
            site.startAgent("west", "--slots", "2");
            var fire = Fire.open(site, 20 * (FaultTable.RUNS + 1), FaultTable.random(), false);
            for (var stall = 0; stall < FaultTable.RUNS; stall++) {
                fire.awaitTasks(20 * stall);
                stall(agent, Duration.ofSeconds(10));
            }
            var account = fire.account();
            assertThat(account.repeats()).as("tasks that were started twice").isZero();
            FaultTable.row("agent stopped (SIGSTOP) for 10 s of a lease of 16 s", FaultTable.RUNS, account.attempts().size(), 0,
                    Duration.ZERO);
        }
    }

    private static void stall(Program program, Duration length) {
        program.freeze();
        try {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(length.toMillis()));
        } finally {
            program.thaw();
        }
    }
}
