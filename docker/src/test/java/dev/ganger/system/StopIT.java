package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How agents end: by STOP behind what is queued, at once, or by a signal; and what becomes of their tasks. */
final class StopIT {
    @Test
    void stopEndsEveryAgentAfterTheLastQueuedTask() {
        try (var site = new Site()) {
            site.startCoordinator();
            var east = site.startAgent("east", "--slots", "1");
            var west = site.startAgent("west", "--slots", "1");
            var ledger = site.file("ledger");
            site.said("submit", "--array", "1-10", "--", "sh", "-c", "sleep 0.1; echo {} >> " + ledger);
            assertThat(site.said("stop")).contains("east", "west");
            assertThat(site.lines(ledger)).as("all that was queued is done before").hasSize(10);
            assertThat(east.exitCode()).isZero();
            assertThat(west.exitCode()).isZero();

            var later = site.said("submit", "--", "sh", "-c", "echo later >> " + ledger);
            assertThat(Site.values("queued", site.said("show", later, "-o", "json"))).containsExactly("1");
            site.startAgent("new");
            assertThat(site.ganger("wait", later).exitCode()).isZero();
            assertThat(site.lines(ledger)).hasSize(11).endsWith("later");
        }
    }

    @Test
    void stopNowPutsRunningTasksBackAndEndsTheirProcesses() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agent = site.startAgent("one", "--slots", "1");
            var mark = site.file("started");
            var job = submitThatEndsOnlyAtTheSecondAttempt(site, mark.toString());
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            site.said("stop", "--now");
            assertThat(agent.exitCode()).isZero();
            site.awaitNoProcess("sleep");
            assertRunsElsewhere(site, job);
        }
    }

    @Test
    void anAgentFinishesWhatRunsWhenItGetsTerm() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agent = site.startAgent("one", "--slots", "1");
            var mark = site.file("started");
            var go = site.file("go");
            var first = site.said("submit", "--", "sh", "-c",
                    "touch %s; until [ -e %s ]; do sleep 0.1; done".formatted(mark, go));
            var second = site.said("submit", "true");
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            agent.terminate();
            Site.awaitThat("it drains", () -> agent.err().contains("SIGTERM"));
            assertThat(agent.isAlive()).as("while its task runs").isTrue();
            site.file("go", new byte[0]);
            assertThat(agent.exitCode()).isZero();
            assertThat(site.ganger("wait", first).exitCode()).isZero();
            assertThat(Site.values("queued", site.said("show", second, "-o", "json"))).as("it took no other")
                    .containsExactly("1");
        }
    }

    @Test
    void aSecondTermEndsWhatRunsAndItRunsElsewhere() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agent = site.startAgent("one", "--slots", "1");
            var mark = site.file("started");
            var job = submitThatEndsOnlyAtTheSecondAttempt(site, mark.toString());
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            agent.terminate();
            Site.awaitThat("the first was heard", () -> agent.err().contains("SIGTERM"));
            agent.terminate();
            assertThat(agent.exitCode()).isZero();
            site.awaitNoProcess("sleep");
            assertRunsElsewhere(site, job);
        }
    }

    @Test
    void aDrainThatTakesTooLongEndsWhatRunsAndItRunsElsewhere() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agent = site.startAgent("one", "--slots", "1", "--drain-timeout", "500ms");
            var mark = site.file("started");
            var job = submitThatEndsOnlyAtTheSecondAttempt(site, mark.toString());
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            agent.terminate();
            assertThat(agent.exitCode()).as("although no second signal came").isZero();
            assertThat(agent.err()).containsSubsequence("SIGTERM: taking no more tasks", "as long as --drain-timeout allows");
            site.awaitNoProcess("sleep");
            assertRunsElsewhere(site, job);
        }
    }

    /** It has no retry: an attempt that was cut short may not use one up. */
    private static String submitThatEndsOnlyAtTheSecondAttempt(Site site, String mark) {
        return site.said("submit", "--", "sh", "-c", "touch %s; [ $GANGER_ATTEMPT -gt 1 ] || sleep 600".formatted(mark));
    }

    private static void assertRunsElsewhere(Site site, String job) {
        site.startAgent("other");
        assertThat(site.ganger("wait", job).exitCode()).isZero();
        var result = site.said("results", job, "-o", "json");
        assertThat(Site.values("agent", result)).containsExactly("other");
        assertThat(Site.values("attempt", result)).containsExactly("2");
    }
}
