package dev.ganger.system;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The wall clocks of the coordinator and of an agent jump while they work: leases, timeouts and waits go by another one. */
final class ClocksIT {
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Duration> JUMPS = List.of(HOUR, Duration.ZERO, HOUR.negated(), Duration.ZERO);
    private static final int TASKS_A_JUMP = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(12);
    private static final Duration BACKOFF = Duration.ofSeconds(10);
    /** Processes start and are asked on a machine that builds. */
    private static final Duration SLACK = Duration.ofSeconds(20);

    private static final Duration CLOSE = Duration.ofMinutes(5);

    @BeforeAll
    static void needed() {
        Watch.assumeItCanBeSet();
    }

    /** Forth, back, back, forth: each an hour, first on the coordinator, then on an agent. */
    @Test
    void clocksThatJumpByAnHourCostNothing() {
        try (var site = new Site()) {
            var watches = List.of(new Watch(site.file("watch-coordinator")), new Watch(site.file("watch-agent")));
            site.startCoordinator(watches.getFirst().worn(Place.HERE), "--lease", LEASE.toSeconds() + "s");
            site.startAgent(watches.getLast().worn(Place.HERE), "east", "--slots", "3");
            site.startAgent("west", "--slots", "2");
            var waits = new Waits(site);
            var rounds = watches.size() * JUMPS.size();
            var fire = Fire.open(site, TASKS_A_JUMP * (rounds + 1), FaultTable.random(), false);
            var begun = 0;
            for (var watch : watches) {
                for (var jump : JUMPS) {
                    watch.set(jump);
                    if (watch.equals(watches.getFirst()) && !jump.isZero()) {
                        assertSomebodyIsLetIn(site, "ann" + jump.isNegative());
                    }
                    fire.awaitTasks(begun += TASKS_A_JUMP);
                    awaitCoordinatorsClock(site, watch.equals(watches.getFirst()) ? jump : Duration.ZERO);
                }
            }
            waits.assertAsLongAsTheyWere();
            var account = fire.account();
            assertThat(account.repeats()).as("tasks that were started twice").isZero();
            assertThat(hoursAhead(site, fire.job())).as("where tasks were started, by the clock of their agent").contains(-1L, 0L,
                    1L);
            FaultTable.row("wall clock of the coordinator, then of an agent, one hour forth, back, back and forth", rounds,
                    account.attempts().size(), 0, Duration.ZERO);
        }
    }

    /** With a certificate of that hour, by a clock of this. */
    private static void assertSomebodyIsLetIn(Site site, String name) {
        var token = site.said("token", "create", "user", name, "--role", "viewer", "-o", "quiet");
        var came = site.shell("\"$ganger\" login " + token + " && \"$ganger\" status",
                Map.of("HOME", site.file(name).toString()));
        assertThat(came.exitCode()).as(came.err()).isZero();
    }

    private static void awaitCoordinatorsClock(Site site, Duration ahead) {
        Site.awaitThat("the coordinator's clock is ahead by " + ahead, () -> {
            var seen = Instant.parse(Site.values("lastSeenAt", site.said("agent", "show", "west", "-o", "json")).getFirst());
            return Duration.between(Instant.now().plus(ahead), seen).abs().compareTo(CLOSE) < 0;
        });
    }

    /** Of the times at which tasks of a job were started. */
    private static List<Long> hoursAhead(Site site, String job) {
        return Site.values("startedAt", site.said("results", job, "-o", "json")).stream()
                .map(at -> Math.round(Duration.between(Instant.now(), Instant.parse(at)).toMinutes() / 60.0)).distinct().toList();
    }

    /** What goes by a clock, begun before the jumps: a task that is ended by its timeout, and one that is tried again after its back-off. */
    private static final class Waits {
        private final Site site;
        private final Path overdue;
        private final Path tries;
        private final String timedOut;
        private final String triedAgain;

        Waits(Site site) {
            this.site = site;
            overdue = site.file("overdue");
            tries = site.file("tries");
            timedOut = site.said("submit", "--on", "east", "--timeout", TIMEOUT.toSeconds() + "s", "--", "sh", "-c",
                    "trap 'date +%%s >> %1$s; exit 1' TERM; date +%%s >> %1$s; while :; do sleep 0.1; done".formatted(overdue));
            triedAgain = site.said("submit", "--on", "west", "--priority", "9", "--retries", "1", "--backoff",
                    BACKOFF.toSeconds() + "s.." + BACKOFF.toSeconds() + "s",
                    "--", "sh", "-c", "date +%%s >> %s; [ $GANGER_ATTEMPT = 2 ]".formatted(tries));
        }

        void assertAsLongAsTheyWere() {
            assertThat(site.ganger("wait", triedAgain).exitCode()).isZero();
            assertThat(site.ganger("wait", timedOut).exitCode()).as("it timed out").isOne();
            assertThat(Site.values("reason", site.said("results", timedOut, "-o", "json"))).containsExactly("timeout");
            assertLength(overdue, TIMEOUT);
            assertLength(tries, BACKOFF);
        }

        /** By the machine's clock, which does not jump, and which tasks have. */
        private void assertLength(Path file, Duration expected) {
            var times = site.lines(file).stream().map(line -> Instant.ofEpochSecond(Long.parseLong(line))).toList();
            assertThat(times).hasSize(2);
            assertThat(Duration.between(times.getFirst(), times.getLast())).as("from one to the other of %s", file)
                    .isBetween(expected.minusSeconds(1), expected.plus(SLACK));
        }
    }
}
