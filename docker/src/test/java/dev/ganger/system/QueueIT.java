package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The task queue: bounded, in order, open or closed, and the same job for the same key. */
final class QueueIT {
    private static final int FULL = 6;

    @Test
    void aFullQueueMakesSubmittersWaitOrRefusesAsTheyWish() {
        try (var site = new Site()) {
            site.startCoordinator("--queue-limit", "10");
            var never = site.ganger("submit", "--array", "1-11", "true");
            assertThat(never.exitCode()).as("larger than it can ever hold").isEqualTo(FULL);
            assertThat(never.err()).contains("11", "10");
            site.said("submit", "--array", "1-10", "true");

            var refused = site.ganger("submit", "--no-wait", "true");
            assertThat(refused.exitCode()).isEqualTo(FULL);
            assertThat(refused.err()).contains("10").hasLineCount(1);
            assertThat(site.ganger("submit", "--submit-timeout", "200ms", "true").exitCode()).isEqualTo(FULL);
            assertThat(Site.values("length", site.said("status", "-o", "json")).getFirst()).as("never beyond the bound")
                    .isEqualTo("10");

            var waiting = site.begin("submit", "--array", "1-5", "true");
            Site.awaitThat("it says that it waits", () -> waiting.err().contains("waiting for room"));
            assertThat(waiting.isAlive()).isTrue();
            site.startAgent("one");
            assertThat(waiting.exitCode()).isZero();
            assertThat(site.ganger("wait", waiting.out().strip()).exitCode()).isZero();
        }
    }

    @Test
    void tasksLeaveByPriorityAndThenInTheOrderTheyCame() {
        try (var site = new Site()) {
            site.startCoordinator();
            var ledger = site.file("ledger");
            for (var job : new String[]{"0 first", "0 second", "9 urgent", "-5 late", "9 also"}) {
                var words = job.split(" ");
                site.said("submit", "--priority", words[0], "--", "sh", "-c", "echo " + words[1] + " >> " + ledger);
            }
            site.startAgent("one", "--slots", "1");
            site.said("wait", "all");
            assertThat(site.lines(ledger)).containsExactly("urgent", "also", "first", "second", "late");
        }
    }

    @Test
    void aClosedQueueTakesNothingAndFinishesWhatItHas() {
        try (var site = new Site()) {
            site.startCoordinator();
            var before = site.said("submit", "true");
            site.said("close");
            var refused = site.ganger("submit", "true");
            assertThat(refused.exitCode()).isEqualTo(5);
            assertThat(refused.err()).contains("ganger open").hasLineCount(1);
            site.coordinator().kill();
            site.startCoordinator();
            assertThat(site.ganger("submit", "true").exitCode()).as("also after a restart").isEqualTo(5);
            site.startAgent("one");
            assertThat(site.ganger("wait", before).exitCode()).isZero();
            site.said("open");
            assertThat(site.ganger("run", "true").exitCode()).isZero();
        }
    }

    @Test
    void theSameKeyIsTheSameJobAlsoAfterARestart() {
        try (var site = new Site()) {
            site.startCoordinator();
            var job = site.said("submit", "--key", "nightly", "--array", "1-3", "true");
            assertThat(site.said("submit", "--key", "nightly", "--array", "1-3", "true")).isEqualTo(job);
            var other = site.ganger("submit", "--key", "nightly", "--array", "1-4", "true");
            assertThat(other.exitCode()).isEqualTo(2);
            assertThat(other.err()).contains("nightly", job);
            site.coordinator().kill();
            site.startCoordinator();
            assertThat(site.said("submit", "--key", "nightly", "--array", "1-3", "true")).isEqualTo(job);
            assertThat(site.said("jobs", "-o", "quiet")).isEqualTo(job);
        }
    }

    @Test
    void aTaskThatFailsIsTriedAgainAsOftenAsAsked() {
        try (var site = Site.withAgent()) {
            var job = site.said("submit", "--retries", "2", "--array", "1-2", "--", "sh", "-c",
                    "[ $GANGER_ATTEMPT = 3 ] && [ {} = 1 ]");
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            var results = site.said("results", job, "-o", "json");
            assertThat(Site.values("attempt", results)).containsExactly("3", "3");
            assertThat(Site.values("state", results)).containsExactlyInAnyOrder("succeeded", "failed");
        }
    }
}
