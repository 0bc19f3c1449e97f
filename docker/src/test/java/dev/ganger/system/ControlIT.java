package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Control: what is held does not start, what would never start is named, and everything says why it stands where it does. */
final class ControlIT {
    private static final int NOT_ALLOWED = 5;

    @Test
    void whatIsHeldDoesNotStartUntilItIsReleasedAlsoAfterARestart() {
        try (var site = new Site()) {
            site.startCoordinator();
            var job = site.said("submit", "--array", "1-4", "true");
            assertThat(site.said("hold", job + ".2-3", "--reason", "wait for the data")).isEqualTo("job " + job + ": 2 held");
            site.coordinator().kill();
            site.startCoordinator();
            site.startAgent("one");

            assertThat(site.ganger("wait", job + ".1,4").exitCode()).isZero();
            assertThat(site.said("tasks", job, "--state", "held", "-o", "quiet").lines()).containsExactly(job + ".2", job + ".3");
            assertThat(Site.values("held", site.said("jobs", job, "-o", "json"))).containsExactly("2");
            assertThat(Site.values("length", site.said("status", "-o", "json")).getFirst()).as("they wait to start")
                    .isEqualTo("2");
            assertThat(site.said("why", job + ".2")).contains("held", "wait for the data");
            assertThat(site.said("release", job + ".2")).isEqualTo("job " + job + ": 1 released");
            assertThat(site.ganger("wait", job + ".2").exitCode()).isZero();
            site.said("release", job);
            assertThat(site.ganger("wait", job).exitCode()).isZero();
        }
    }

    @Test
    void whatRunsGoesOnAndIsHeldWhenItComesBack() {
        try (var site = Site.withAgent()) {
            var mark = site.file("started");
            var go = site.file("go");
            var job = site.said("submit", "--retries", "1", "--", "sh", "-c",
                    "touch %s; until [ -e %s ]; do sleep 0.1; done; [ $GANGER_ATTEMPT -gt 1 ]".formatted(mark, go));
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            assertThat(site.said("hold", job)).contains("1 with agents: what runs goes on");
            site.file("go", new byte[0]);

            Site.awaitThat("it failed and is held",
                    () -> Site.values("held", site.said("jobs", job, "-o", "json")).equals(java.util.List.of("1")));
            site.said("release", job);
            assertThat(site.ganger("wait", job).exitCode()).isZero();
        }
    }

    @Test
    void heldTasksCanBeCancelled() {
        try (var site = new Site()) {
            site.startCoordinator();
            var job = site.said("submit", "--array", "1-3", "true");
            site.said("hold", job + ".1");
            assertThat(site.said("cancel", job, "--state", "held")).isEqualTo("job " + job + ": 1 cancelled");
            assertThat(site.said("tasks", job, "--state", "queued", "-o", "quiet").lines()).containsExactly(job + ".2",
                    job + ".3");
            assertThat(site.ganger("hold", job + ".9").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void stopNamesWhatWouldNeverStartAndSkipsItOnDemand() {
        try (var site = new Site()) {
            site.startCoordinator();
            var held = site.said("submit", "true");
            site.said("hold", held);
            var bound = site.said("submit", "--on", "nobody", "true");
            site.startAgent("one");

            var refused = site.ganger("stop");
            assertThat(refused.exitCode()).isEqualTo(NOT_ALLOWED);
            assertThat(refused.err()).contains("--skip").hasLineCount(1);
            assertThat(refused.err()).containsAnyOf(held, bound);
            assertThat(site.said("stop", "--skip")).isEqualTo("stopped: 1 agent ended: one");
            assertThat(site.said("tasks", held, bound, "-o", "quiet").lines()).as("they stay queued").hasSize(2);
            assertThat(Site.values("length", site.said("status", "-o", "json")).getFirst()).isEqualTo("2");
        }
    }

    @Test
    void whySaysWhatIsInTheWay() {
        try (var site = new Site()) {
            site.startCoordinator();
            var first = site.said("submit", "--array", "1-3", "true");
            var bound = site.said("submit", "--on", "web-7", "true");
            assertThat(site.said("why", first)).contains("agent");
            assertThat(site.said("why", first + ".3")).contains("2");
            assertThat(site.said("why", bound)).contains("web-7");
            site.startAgent("one", "--slots", "1");
            site.said("wait", first);
            var failed = site.said("submit", "--", "sh", "-c", "exit 7");
            assertThat(site.ganger("wait", failed).exitCode()).isOne();
            assertThat(site.said("why", failed + ".1")).contains("7", "one");
            var json = site.said("why", failed, "-o", "json");
            assertThat(Site.values("id", json)).containsExactly(failed);
            assertThat(Site.values("state", json)).containsExactly("failed");
            assertThat(site.ganger("why", "99").exitCode()).isEqualTo(3);
            assertThat(site.ganger("why", failed + ".9").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void filtersChooseByTagNameAndState() {
        try (var site = Site.withAgent()) {
            var good = site.said("submit", "--name", "nightly-1", "--tag", "team=a", "--wait", "true").lines().toList()
                    .getFirst();
            var bad = site.ganger("submit", "--name", "nightly-2", "--tag", "team=a", "--tag", "kind=x", "--wait", "false").out()
                    .strip();
            var other = site.said("submit", "--name", "other", "--on", "nobody", "true");

            assertThat(site.said("jobs", "--name", "nightly-*", "-o", "quiet").lines()).containsExactly(good, bad);
            assertThat(site.said("jobs", "--tag", "team=a", "--tag", "kind=x", "-o", "quiet")).isEqualTo(bad);
            assertThat(site.said("jobs", "--state", "queued", "-o", "quiet")).isEqualTo(other);
            assertThat(site.ganger("wait", "--tag", "team=a").exitCode()).isOne();
            assertThat(site.said("results", "--state", "failed", "-o", "quiet")).isEqualTo(bad + ".1");
            assertThat(site.said("results", "--format", "csv", bad).lines().toList().getFirst()).startsWith("position,task,job");
            assertThat(site.said("forget", "--name", "nightly-*")).hasLineCount(2);
            assertThat(site.ganger("forget", "--name", "nightly-*").exitCode()).isEqualTo(3);
        }
    }
}
