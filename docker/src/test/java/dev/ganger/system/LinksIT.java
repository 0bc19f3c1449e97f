package dev.ganger.system;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Links between the coordinator, its agents and its readers that fail in the kernel, each in its own way; in the end everything is accounted for. */
final class LinksIT {
    private static final int CUTS = 20;
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration BEAT = LEASE.dividedBy(6);
    /** A lease, and two beats until it is noticed; the rest is for slow machines that build. */
    private static final Duration NOTICED = LEASE.plus(BEAT.multipliedBy(4)).plusSeconds(15);

    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration SLOW_LEASE = Duration.ofSeconds(30);
    private static final int SLOW_PORT = 7412;
    private static final int SLOW_TASKS = 6;

    private final SplittableRandom random = FaultTable.random();

    /** What can happen to the way between an agent and the coordinator for longer than a lease. */
    private enum Fault {
        CUT("link cut, no packet either way") {
            @Override
            void begin(Cable cable, Program agent) {
                cable.cut();
            }
        },
        UNPLUGGED("link down") {
            @Override
            void begin(Cable cable, Program agent) {
                cable.unplug();
            }

            @Override
            void end(Cable cable, Program agent) {
                cable.plugIn();
            }
        },
        DEAF("one-way cut: the agent hears nothing") {
            @Override
            void begin(Cable cable, Program agent) {
                cable.cut(Cable.Direction.TO_MACHINE);
            }
        },
        DUMB("one-way cut: the coordinator hears nothing") {
            @Override
            void begin(Cable cable, Program agent) {
                cable.cut(Cable.Direction.TO_COORDINATOR);
            }
        },
        FROZEN("agent stopped (SIGSTOP)") {
            @Override
            void begin(Cable cable, Program agent) {
                agent.freeze();
            }

            @Override
            void end(Cable cable, Program agent) {
                agent.thaw();
            }
        };

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        abstract void begin(Cable cable, Program agent);

        void end(Cable cable, Program agent) {
            cable.mend();
        }
    }

    @BeforeAll
    static void needed() {
        Lan.assumeItWorks();
    }

    /** Its tasks run elsewhere; when it is back, the result that was recorded first stands, and what it still runs of them is ended. */
    @Test
    void whoIsSilentForLongerThanItsLeaseIsReplacedAndChangesNothingWhenItIsBack() {
        try (var lan = new Lan(); var site = new Site(lan.coordinator())) {
            site.startCoordinator("--lease", LEASE.toSeconds() + "s");
            var cable = lan.machine();
            var victim = startAgent(site, cable, "east");
            startAgent(site, lan.machine(), "west");
            var number = 0;
            for (var fault : Fault.values()) {
                var longest = Duration.ZERO;
                var tasks = 0;
                var repeats = 0;
                for (var run = 0; run < FaultTable.RUNS; run++) {
                    var probe = new Probe(site, ++number, "east");
                    longest = max(longest, strike(fault, probe, cable, victim));
                    tasks += probe.tasks();
                    repeats += probe.repeats();
                }
                FaultTable.row(fault.text + " for longer than the lease", FaultTable.RUNS, tasks, repeats, longest);
            }
            assertThat(site.coordinator().err()).as("what the coordinator logs").contains("agent 'east' was silent for longer",
                    "agent 'east' reports too late how");
            site.assertAccountedFor();
        }
    }

    private static Duration strike(Fault fault, Probe probe, Cable cable, Program victim) {
        fault.begin(cable, victim);
        Duration noticed;
        List<String> results;
        try {
            noticed = probe.untilElsewhere(NOTICED);
            probe.endLate();
            probe.awaitLate();
            results = probe.results();
        } finally {
            fault.end(cable, victim);
        }
        probe.awaitSuperseded();
        assertThat(probe.results()).as("after the return").isEqualTo(results);
        return noticed;
    }

    /** As a gateway does that forgets: nothing is heard on the connections that there are, and nobody is told; new ones work. */
    @Test
    void deadConnectionsAreReplacedBeforeTheLeaseEnds() {
        try (var lan = new Lan(); var site = new Site(lan.coordinator())) {
            site.startCoordinator("--lease", LEASE.toSeconds() + "s");
            var cable = lan.machine();
            var agent = startAgent(site, cable, "east");
            var longest = Duration.ZERO;
            var ledger = site.file("ledger");
            for (var run = 1; run <= FaultTable.RUNS; run++) {
                var go = site.file("go-" + run);
                var job = site.said("submit", "--array", "1-2", "--", "sh", "-c",
                        "echo $GANGER_TASK >> %s; echo begun; until [ -e %s ]; do sleep 0.05; done; seq 50000".formatted(ledger,
                                go));
                var begun = 2 * run;
                Site.awaitThat("both run", () -> site.lines(ledger).size() == begun);
                var connected = connections(agent);
                assertThat(cable.forgetConnections()).as("connections of the agent").isPositive();
                var from = System.nanoTime();
                Site.awaitThat("it has connected anew", () -> connections(agent) > connected);
                var took = Duration.ofNanos(System.nanoTime() - from);
                assertThat(took).as("until there was a new connection").isLessThan(NOTICED);
                longest = max(longest, took);
                site.file(go.getFileName().toString(), new byte[0]);
                assertThat(site.ganger("wait", job).exitCode()).isZero();
                assertThat(Site.values("attempt", site.said("results", job, "-o", "json"))).containsExactly("1", "1");
                cable.mend();
            }
            assertThat(site.lines(ledger)).as("starts").hasSize(2 * FaultTable.RUNS);
            site.assertAccountedFor();
            FaultTable.row("connections dead, half open on both sides", FaultTable.RUNS, 2 * FaultTable.RUNS, 0, longest);
        }
    }

    private static int connections(Program agent) {
        return agent.err().split("connected to the coordinator at", -1).length - 1;
    }

    @Test
    void cutsShorterThanTheLeaseCostNoAttemptAndNoByteOfAFollower() {
        try (var lan = new Lan(); var site = new Site(lan.coordinator())) {
            site.startCoordinator("--lease", LEASE.toSeconds() + "s");
            var reader = lan.machine();
            var cables = List.of(lan.machine(), lan.machine(), reader);
            startAgent(site, cables.get(0), "east");
            startAgent(site, cables.get(1), "west");
            var cuts = CUTS * FaultTable.RUNS;
            var fire = Fire.open(site, 5 * cuts, random, false, reader.place());
            var dead = lan.machine();
            fire.readFrom(dead.place());
            assertThat(dead.forgetConnections()).as("connections of a reader").isPositive();
            for (var cut = 0; cut < cuts; cut++) {
                fire.awaitTasks(4 * cut);
                cutForAMoment(cables.get(cut % cables.size()));
            }
            var account = fire.account();
            assertThat(account.repeats()).as("tasks that were started twice").isZero();
            FaultTable.row("connection of a reader dead, half open on both sides", 1, account.attempts().size(), 0,
                    Duration.ZERO);
            FaultTable.row("link cut for less than the lease, one way or both", cuts, account.attempts().size(), 0,
                    Duration.ZERO);
        }
    }

    /** Two seconds each way, which packets take in a relay as this kernel cannot delay them; of those before it five of a hundred are lost. */
    @Test
    void aSlowWayThatLosesPacketsIsNoSilence() {
        try (var lan = new Lan(); var site = new Site(lan.coordinator())) {
            site.startCoordinator("--lease", SLOW_LEASE.toSeconds() + "s");
            site.startFaultyLink(SLOW_PORT, SLOW);
            var cable = lan.machine();
            cable.detour(SLOW_PORT);
            cable.lose(5);
            var agent = startAgent(site, cable, "far");
            var account = Fire.open(site, SLOW_TASKS, random, false, cable.place()).account();
            assertThat(connections(agent)).as("times that the agent had to connect: %s", agent.err()).isEqualTo(1);
            assertThat(account.repeats()).as("tasks that were started twice").isZero();
            assertThat(account.attempts().values()).as("attempts").containsOnly(1);
            FaultTable.row("link with a delay of 2 s each way and 5 %% loss, lease %d s".formatted(SLOW_LEASE.toSeconds()), 1,
                    SLOW_TASKS, 0,
                    Duration.ZERO);
        }
    }

    /** For up to 0.6 of a lease: what comes back must still be heard before its end. */
    private void cutForAMoment(Cable cable) {
        switch (random.nextInt(3)) {
            case 0 -> cable.cut(Cable.Direction.TO_COORDINATOR);
            case 1 -> cable.cut(Cable.Direction.TO_MACHINE);
            default -> cable.cut();
        }
        pause(LEASE.toMillis() / 10, LEASE.toMillis() * 6 / 10);
        cable.mend();
    }

    /** Draws how long: nothing is waited for. */
    private void pause(long least, long most) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(least, most)));
    }

    private static Program startAgent(Site site, Cable cable, String name) {
        return site.startAgent(cable.place(), name, "--slots", "2", "--join",
                site.said("token", "create", "agent", "-o", "quiet"));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
