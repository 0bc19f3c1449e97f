package dev.ganger.system;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What was acknowledged survives the sudden death of the coordinator and of agents. */
final class CrashIT {
    private static final int TASKS = 60;

    @Test
    void nothingIsLostOrRunTwiceWhenTheCoordinatorIsKilledInMidJob() {
        try (var site = new Site()) {
            var coordinator = site.startCoordinator();
            site.startAgent("east", "--slots", "2");
            site.startAgent("west", "--slots", "2");
            var ledger = site.file("ledger");
            var job = site.said("submit", "--array", "1-" + TASKS, "--", "sh", "-c", "echo {} >> " + ledger + "; sleep 0.2");
            Site.awaitThat("the job is in its middle", () -> site.lines(ledger).size() > 10);
            coordinator.kill();

            site.startCoordinator();
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(site.lines(ledger)).as("every task ran once").containsExactlyInAnyOrderElementsOf(
                    IntStream.rangeClosed(1, TASKS).mapToObj(Integer::toString).toList());
            var results = site.said("results", job, "-o", "json");
            assertThat(Site.values("index", results)).as("every result was recorded once").doesNotHaveDuplicates().hasSize(TASKS);
            assertThat(Site.values("attempt", results)).containsOnly("1");
        }
    }

    @Test
    void aTaskThatEndsWhileThereIsNoCoordinatorIsReportedToTheNext() {
        try (var site = Site.withAgent()) {
            var marks = List.of(site.file("started"), site.file("go"), site.file("ended"));
            var script = "echo out; touch %s; until [ -e %s ]; do sleep 0.05; done; touch %s; exit 3".formatted(marks.toArray());
            var job = site.said("submit", "--", "sh", "-c", script);
            Site.awaitThat("the task runs", () -> marks.getFirst().toFile().exists());
            site.coordinator().kill();
            site.file("go", new byte[0]);
            Site.awaitThat("the task ends", () -> marks.getLast().toFile().exists());

            site.startCoordinator();
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            var result = site.said("results", job, "-o", "json");
            assertThat(Site.values("exitCode", result)).containsExactly("3");
            assertThat(Site.values("attempt", result)).containsExactly("1");
        }
    }

    @Test
    void tasksOfAKilledAgentRunElsewhereUnderALargerAttemptAndUseNoRetry() {
        try (var site = new Site()) {
            site.startCoordinator("--lease", "3s");
            var lost = site.startAgent("lost", "--slots", "2");
            var ledger = site.file("ledger");
            var go = site.file("go");
            var script = "echo $GANGER_AGENT >> %s; until [ -e %s ]; do sleep 0.1; done".formatted(ledger, go);
            var job = site.said("submit", "--array", "1-2", "--", "sh", "-c", script);
            Site.awaitThat("the agent runs both", () -> site.lines(ledger).size() == 2);
            lost.kill();
            site.startAgent("other", "--slots", "2");
            Site.awaitThat("both run elsewhere", () -> site.lines(ledger).stream().filter("other"::equals).count() == 2);
            site.file("go", new byte[0]);

            assertThat(site.ganger("wait", job).exitCode()).isZero();
            var results = site.said("results", job, "-o", "json");
            assertThat(Site.values("agent", results)).containsExactly("other", "other");
            assertThat(Site.values("attempt", results))
                    .allSatisfy(attempt -> assertThat(Integer.parseInt(attempt)).isGreaterThan(1));
            assertThat(Site.values("state", site.said("show", job + ".1", "-o", "json"))).as("of the task and its attempts")
                    .contains("lost", "succeeded").doesNotContain("failed");
        }
    }

    @Test
    void anAgentThatWasKilledEndsWhatItsFormerLifeLeft() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agent = site.startAgent("one");
            var mark = site.file("started");
            var job = site.said("submit", "--", "sh", "-c",
                    "[ $GANGER_ATTEMPT = 1 ] || exit 0; touch " + mark + "; exec sleep 600");
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            agent.kill();
            site.startAgent("one");
            site.awaitNoProcess("sleep");
            assertThat(site.ganger("wait", job).exitCode()).as("it ran again without waiting for the lease").isZero();
        }
    }

    @Test
    void theCoordinatorEndsWellOnTermAndItsAgentsWait() {
        try (var site = Site.withAgent()) {
            var mark = site.file("started");
            var go = site.file("go");
            var job = site.said("submit", "--", "sh", "-c",
                    "touch %s; until [ -e %s ]; do sleep 0.1; done".formatted(mark, go));
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            site.coordinator().terminate();
            assertThat(site.coordinator().exitCode()).isZero();
            assertThat(site.file("coordinator").resolve("address")).as("where nobody listens any more").doesNotExist();
            site.startCoordinator();
            site.file("go", new byte[0]);
            assertThat(site.ganger("wait", job).exitCode()).isZero();
        }
    }
}
