package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing of a task outlives it, however its processes hide. */
final class CancelIT {
    @Test
    void cancelEndsTheWholeTreeOfATaskAlsoWhatMadeItselfASession() {
        try (var site = Site.withAgent()) {
            var mark = site.file("started");
            var script = "setsid sleep 600 & (setsid sh -c 'trap \"\" TERM HUP; sleep 600; sleep 600' &) ; touch " + mark
                    + "; sleep 600";
            var job = site.said("submit", "--grace", "1s", "--", "sh", "-c", script);
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            site.said("cancel", "--reason", "wrong input", job);
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            site.awaitNoProcess("sleep");
            var task = site.said("show", job + ".1", "-o", "json");
            assertThat(Site.values("state", task)).contains("cancelled");
            assertThat(task).contains("wrong input");
        }
    }

    @Test
    void aTaskThatEndsLeavesNothingInTheBackground() {
        try (var site = Site.withAgent()) {
            var run = site.ganger("run", "--grace", "1s", "--", "sh", "-c", "setsid sleep 600 & sleep 600 & echo done");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("done\n");
            site.awaitNoProcess("sleep");
            assertThat(Site.values("strays", site.said("results", "-o", "json"))).containsExactly("2");
        }
    }

    @Test
    void cancelOfSomeTasksLeavesTheOthers() {
        try (var site = new Site()) {
            site.startCoordinator();
            var job = site.said("submit", "--array", "1-10", "true");
            site.said("cancel", job + ".3-8");
            site.startAgent("one");
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            var counts = site.said("show", job, "-o", "json");
            assertThat(Site.values("succeeded", counts)).containsExactly("4");
            assertThat(Site.values("cancelled", counts)).containsExactly("6");
        }
    }
}
