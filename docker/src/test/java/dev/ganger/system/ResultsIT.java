package dev.ganger.system;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The done queue: in order of completion, each result to one caller of a consumer, and every place survives a restart. */
final class ResultsIT {
    private static final int TOO_LATE = 7;
    private static final int EMPTY = 8;

    @Test
    void resultsComeInTheOrderInWhichTasksEnded() {
        try (var site = Site.withAgent()) {
            var follow = site.begin("results", "--follow", "--timeout", "50s", "-o", "json");
            var first = site.file("first-ended");
            var slow = site.said("submit", "--", "sh", "-c", "until [ -e " + first + " ]; do sleep 0.1; done");
            var quick = site.said("submit", "true");
            assertThat(site.ganger("wait", quick).exitCode()).isZero();
            Site.awaitThat("who follows sees it at once", () -> follow.out().lines().count() == 1);
            site.file("first-ended", new byte[0]);
            Site.awaitThat("and the other later", () -> follow.out().lines().count() == 2);
            assertThat(Site.values("task", follow.out())).containsExactly(quick + ".1", slow + ".1");
            assertThat(Site.values("position", follow.out())).containsExactly("1", "2");
            assertThat(Site.values("task", site.said("results", "-o", "json"))).as("as submitted it was the other way round")
                    .containsExactly(quick + ".1", slow + ".1");
        }
    }

    @Test
    void eachResultIsTakenOnceByAConsumerAlsoAfterARestart() {
        try (var site = Site.withAgent()) {
            assertThat(site.ganger("results", "--next", "--no-wait").exitCode()).isEqualTo(EMPTY);
            assertThat(site.ganger("results", "--next", "--timeout", "300ms").exitCode()).isEqualTo(TOO_LATE);
            site.said("submit", "--array", "1-5", "--wait", "true");

            assertThat(next(site)).isEqualTo("1");
            assertThat(Site.values("position", site.said("results", "--peek", "-o", "json"))).containsExactly("2");
            var together = List.of(site.begin("results", "--next", "-o", "json"), site.begin("results", "--next", "-o", "json"));
            assertThat(together.stream().map(call -> Site.values("position", call.finished().out()).getFirst()))
                    .containsExactlyInAnyOrder("2", "3");

            site.coordinator().kill();
            site.startCoordinator();
            assertThat(next(site)).isEqualTo("4");
            assertThat(next(site)).isEqualTo("5");
            assertThat(site.ganger("results", "--next", "--no-wait").exitCode()).isEqualTo(EMPTY);
            assertThat(Site.values("position", site.said("results", "--next", "--consumer", "other", "-o", "json")))
                    .as("another consumer has its own place").containsExactly("1");
        }
    }

    @Test
    void whoWaitsForTheNextResultGetsItWhenItComes() {
        try (var site = Site.withAgent()) {
            var waiting = site.begin("results", "--next", "-o", "json");
            var job = site.said("submit", "--", "sh", "-c", "exit 4");
            assertThat(waiting.exitCode()).isZero();
            assertThat(Site.values("task", waiting.out())).containsExactly(job + ".1");
            assertThat(Site.values("exitCode", waiting.out())).containsExactly("4");
        }
    }

    private static String next(Site site) {
        return Site.values("position", site.said("results", "--next", "-o", "json")).getFirst();
    }
}
