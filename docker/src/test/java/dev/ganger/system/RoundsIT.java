package dev.ganger.system;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Rounds: what did not succeed is run again, and every round's result stays. */
final class RoundsIT {
    private static final int FULL = 6;

    /** Fails until the file is there; tells which attempt it is. */
    private static String submitThatFailsWithout(Site site, String file, String... options) {
        var words = new java.util.ArrayList<>(List.of("submit"));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c", "echo attempt $GANGER_ATTEMPT; [ -e " + site.file(file) + " ]"));
        return site.said(words.toArray(String[]::new));
    }

    @Test
    void whatFailedIsRunAgainInANewRound() {
        try (var site = Site.withAgent()) {
            var job = submitThatFailsWithout(site, "fixed", "--array", "1-3", "--retries", "1");
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            site.file("fixed", new byte[0]);

            assertThat(site.said("retry", job + ".1-2", "--reason", "fixed")).isEqualTo("job " + job + ": 2 tasks queued again");
            assertThat(site.ganger("wait", job + ".1-2").exitCode()).isZero();
            assertThat(site.ganger("wait", job).exitCode()).as("one is not run again").isOne();
            var task = site.said("show", job + ".1", "-o", "json");
            assertThat(Site.values("round", task)).containsExactly("2");
            assertThat(Site.values("number", task)).as("attempts go on counting").containsExactly("1", "2", "3");
            assertThat(site.said("logs", job + ".1")).isEqualTo("attempt 3");

            var newest = site.said("results", job, "-o", "json");
            assertThat(Site.values("round", newest)).containsExactlyInAnyOrder("1", "2", "2");
            assertThat(site.said("results", "--all", job, "-o", "json").lines()).hasSize(5);
            assertThat(site.said("results", "--ordered", job, "-o", "quiet").lines())
                    .containsExactly(job + ".1", job + ".2", job + ".3");
            assertThat(site.said("retry", job + ".1")).isEqualTo("job " + job + ": nothing to retry");
        }
    }

    @Test
    void aRetryMeansWhatItNames() {
        try (var site = Site.withAgent()) {
            var job = submitThatFailsWithout(site, "fixed", "--array", "1-2");
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            var waiting = site.said("submit", "--array", "1-2", "--on", "nobody", "true");
            site.said("cancel", waiting + ".1");
            site.file("fixed", new byte[0]);

            assertThat(site.said("retry", job, "--failed", "--agent", "another")).endsWith("nothing to retry");
            assertThat(site.said("retry", "--failed", waiting)).endsWith("nothing to retry");
            assertThat(site.said("retry", waiting)).endsWith("1 task queued again");
            assertThat(site.said("retry", job, "--failed", "--agent", "one")).endsWith("2 tasks queued again");
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(site.said("retry", job, "--state", "succeeded")).endsWith("2 tasks queued again");
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(Site.values("round", site.said("tasks", job, "-o", "json"))).containsExactly("3", "3");
            assertThat(site.ganger("retry", job + ".17").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void roundsSurviveARestartAndTheNextResultsAreNew() {
        try (var site = Site.withAgent()) {
            var job = submitThatFailsWithout(site, "fixed");
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            assertThat(Site.values("state", site.said("results", "--next", "-o", "json"))).containsExactly("failed");
            site.file("fixed", new byte[0]);
            site.said("close");
            site.said("retry", job);
            site.coordinator().kill();
            site.startCoordinator();

            assertThat(site.ganger("wait", job).exitCode()).as("a retry is no submission, and survives").isZero();
            assertThat(Site.values("state", site.said("results", job, "-o", "json"))).containsExactly("succeeded");
            assertThat(Site.values("position", site.said("results", "--next", "-o", "json"))).containsExactly("2");
        }
    }

    @Test
    void aRetryNeedsRoomInTheQueue() {
        try (var site = new Site()) {
            site.startCoordinator("--queue-limit", "5");
            var job = site.said("submit", "--array", "1-5", "true");
            site.said("cancel", job);
            site.said("submit", "--array", "1-3", "true");

            var refused = site.ganger("retry", job);
            assertThat(refused.exitCode()).isEqualTo(FULL);
            assertThat(refused.err()).hasLineCount(1);
            assertThat(site.said("retry", job + ".1-2")).endsWith("2 tasks queued again");
        }
    }
}
