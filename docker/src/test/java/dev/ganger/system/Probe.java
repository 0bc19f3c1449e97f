package dev.ganger.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job of which two tasks hang on one agent, the victim: one until the victim's gate opens, one for ever. All others end at once, and so do
 * these two when they run elsewhere.
 */
final class Probe {
    private static final int TASKS = 12;
    private static final int HANGING = 2;
    private static final String SCRIPT = """
            echo $GANGER_INDEX $GANGER_ATTEMPT $GANGER_AGENT >> %1$s
            echo t$GANGER_INDEX.$GANGER_ATTEMPT
            [ $GANGER_AGENT = %2$s ] || exit 0
            mkdir %3$s 2>/dev/null && exec sleep %4$d
            until [ -e %5$s ]; do sleep 0.05; done
            echo late >> %6$s
            """;

    private final Site site;
    private final String victim;
    private final Path ledger;
    private final Path gate;
    private final Path late;
    private final int endless;
    private final String job;

    /** Of its own name among all of a site. */
    Probe(Site site, int number, String victim) {
        this.site = site;
        this.victim = victim;
        ledger = site.file("ledger-" + number);
        gate = site.file("gate-" + number);
        late = site.file("late-" + number);
        endless = 6_000 + number;
        job = site.said("submit", "--array", "1-" + TASKS, "--", "sh", "-c",
                SCRIPT.formatted(ledger, victim, site.file("hanging-" + number), endless, gate, late));
        Site.awaitThat("all have begun, and two hang at " + victim,
                () -> starts(1).size() == TASKS && hanging().size() == HANGING);
    }

    int tasks() {
        return TASKS;
    }

    int repeats() {
        return HANGING;
    }

    String job() {
        return job;
    }

    private List<String> starts(int attempt) {
        return site.lines(ledger).stream().filter(line -> line.contains(" " + attempt + " ")).toList();
    }

    private List<String> hanging() {
        return starts(1).stream().filter(line -> line.endsWith(" " + victim)).toList();
    }

    /** How long it takes from now until what hangs is begun elsewhere; that it is not too long is a promise. */
    Duration untilElsewhere(Duration atMost) {
        var from = System.nanoTime();
        Site.awaitThat("what hangs is begun elsewhere", () -> starts(2).size() == HANGING);
        var took = Duration.ofNanos(System.nanoTime() - from);
        assertThat(took).as("from the fault to the start elsewhere").isLessThan(atMost);
        return took;
    }

    /** What has hung at the victim until now comes to an end there, too late; the other ends when the victim hears that it shall. */
    void endLate() {
        site.file(gate.getFileName().toString(), new byte[0]);
    }

    void awaitLate() {
        Site.awaitThat("what hung has ended", () -> site.lines(late).size() == HANGING - 1);
    }

    /** Of the process that would hang for ever. */
    void awaitSuperseded() {
        site.awaitNoProcess("sleep " + endless);
    }

    /** Each task has one result, of its last attempt, with all that this one wrote. */
    List<String> results() {
        assertThat(site.ganger("wait", job).exitCode()).as("all succeed").isZero();
        var results = site.said("results", job, "-o", "json").lines().toList();
        assertThat(results).hasSize(TASKS).extracting(line -> Site.values("index", line).getFirst()).doesNotHaveDuplicates();
        for (var line : results) {
            var index = Site.values("index", line).getFirst();
            var attempt = Site.values("attempt", line).getFirst();
            var hung = hanging().stream().anyMatch(start -> start.startsWith(index + " "));
            assertThat(attempt).as("attempt of task %s that is recorded", index).isEqualTo(hung ? "2" : "1");
            var written = new Content();
            written.add("t" + index + "." + attempt);
            var told = written.told();
            assertThat(Site.values("bytes", line).getFirst()).isEqualTo(Long.toString(told.bytes()));
            assertThat(Site.values("sha256", line).getFirst()).isEqualTo(told.sha256());
        }
        return results;
    }
}
