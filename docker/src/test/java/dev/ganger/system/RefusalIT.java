package dev.ganger.system;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What would do harm is refused in one sentence that tells the way out. */
final class RefusalIT {
    @Test
    void aSecondCoordinatorOnTheSameFolderIsRefused() {
        try (var site = new Site()) {
            site.startCoordinator();
            var second = site.ganger("coordinator", "run", "--listen", "localhost:0", "--data",
                    site.file("coordinator").toString());
            assertThat(second.exitCode()).isOne();
            assertThat(second.err()).startsWith("ganger: ").contains(site.file("coordinator").toString(), "--data")
                    .hasLineCount(1);
            site.said("status");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidWithTheWayOut() {
        try (var site = new Site()) {
            site.startCoordinator();
            var address = site.lines(site.file("coordinator").resolve("address")).getFirst();
            var second = site.ganger("coordinator", "run", "--listen", address, "--data", site.file("other").toString());
            assertThat(second.exitCode()).isOne();
            assertThat(second.err()).contains("something else listens on " + address, "--listen").doesNotContain("Exception");
        }
    }

    @Test
    void aSecondAgentOfTheSameNameIsRefused() {
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one");
            var elsewhere = site.unawaitedAgent("one", "other-folder");
            assertThat(elsewhere.exitCode()).isOne();
            assertThat(elsewhere.err()).contains("another agent has the name 'one'", "--name");
            var sameFolder = site.unawaitedAgent("two", "one");
            assertThat(sameFolder.exitCode()).isOne();
            assertThat(sameFolder.err()).startsWith("ganger: ").contains("another agent works in", "--data").hasLineCount(1);
            assertThat(site.ganger("run", "true").exitCode()).as("the first goes on").isZero();
        }
    }

    @Test
    void aCallerWithoutACoordinatorIsToldHowToStartOne() {
        try (var site = new Site()) {
            site.startCoordinator().end();
            for (var verb : new String[]{"status", "submit true", "wait 1", "stop"}) {
                var call = site.ganger(verb.split(" "));
                assertThat(call.exitCode()).as(verb).isEqualTo(4);
                assertThat(call.err()).as(verb).contains("connection refused", "ganger coordinator run").hasLineCount(1);
            }
        }
    }
}
