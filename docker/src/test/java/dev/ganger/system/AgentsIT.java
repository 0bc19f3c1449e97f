package dev.ganger.system;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One agent at a time: drained, resumed, stopped, gone, removed. */
final class AgentsIT {
    private static final int NOT_ALLOWED = 5;
    private static final int NOT_FOUND = 3;

    private static String state(Site site, String agent) {
        return Site.values("state", site.said("agent", "show", agent, "-o", "json")).getFirst();
    }

    @Test
    void aDrainedAgentGetsNothingThroughRestartsUntilItIsResumed() {
        try (var site = new Site()) {
            site.startCoordinator();
            var agent = site.startAgent("one", "--slots", "1");
            assertThat(site.said("agent", "drain", "one", "--reason", "new disk"))
                    .isEqualTo("agent one: gets no more tasks until 'ganger agent resume'");
            var job = site.said("submit", "true");
            assertThat(state(site, "one")).isEqualTo("draining");
            assertThat(site.said("agents")).contains("new disk");
            site.coordinator().kill();
            site.startCoordinator();
            agent.end();
            site.startAgent("one", "--slots", "1");

            assertThat(state(site, "one")).as("after a restart of both").isEqualTo("draining");
            assertThat(site.ganger("wait", job, "--timeout", "1s").exitCode()).isEqualTo(7);
            assertThat(site.said("why", job)).contains("one");
            assertThat(site.said("agent", "resume", "one")).isEqualTo("agent one: gets tasks again");
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(state(site, "one")).isEqualTo("alive");
        }
    }

    @Test
    void whatADrainedAgentRunsGoesOn() {
        try (var site = Site.withAgent()) {
            var mark = site.file("started");
            var go = site.file("go");
            var job = site.said("submit", "--", "sh", "-c", "touch %s; until [ -e %s ]; do sleep 0.1; done".formatted(mark, go));
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            assertThat(site.said("agent", "drain", "one")).endsWith("; it goes on with the 1 it has");
            assertThat(Site.values("running", site.said("agent", "show", "one", "-o", "json"))).isNotNull();
            site.file("go", new byte[0]);
            assertThat(site.ganger("wait", job).exitCode()).isZero();
        }
    }

    @Test
    void oneAgentIsStoppedWhenItsTasksAreDoneAndTheOtherGoesOn() {
        try (var site = new Site()) {
            site.startCoordinator();
            var one = site.startAgent("one", "--slots", "1");
            var mark = site.file("started");
            var go = site.file("go");
            var first = site.said("submit", "--on", "one", "--", "sh", "-c",
                    "touch %s; until [ -e %s ]; do sleep 0.1; done".formatted(mark, go));
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            var two = site.startAgent("two", "--slots", "1");
            assertThat(site.said("agent", "stop", "one")).isEqualTo("agent one: ends when the 1 task it has is done");
            assertThat(one.isAlive()).isTrue();
            site.file("go", new byte[0]);

            assertThat(one.exitCode()).isZero();
            assertThat(site.ganger("wait", first).exitCode()).isZero();
            assertThat(two.isAlive()).isTrue();
            assertThat(site.ganger("run", "true").exitCode()).isZero();
        }
    }

    @Test
    void whoIsHeardIsNotGoneAndWhoIsSilentIs() {
        try (var site = new Site()) {
            site.startCoordinator("--lease", "6s");
            var one = site.startAgent("one", "--slots", "1");
            var heard = site.ganger("agent", "gone", "one");
            assertThat(heard.exitCode()).isEqualTo(NOT_ALLOWED);
            assertThat(heard.err()).contains("one").hasLineCount(1);
            var mark = site.file("started");
            var job = site.said("submit", "--", "sh", "-c",
                    "touch %s; [ $GANGER_ATTEMPT -gt 1 ] || exec sleep 600".formatted(mark));
            Site.awaitThat("the task runs", () -> mark.toFile().exists());
            one.kill();
            Site.awaitThat("it is silent, or what it held was lost by itself", () -> !state(site, "one").equals("alive"));

            var gone = site.ganger("agent", "gone", "one", "--reason", "deleted");
            assertThat(gone.exitCode()).as(gone.err()).isZero();
            site.startAgent("two");
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(Site.values("agent", site.said("results", job, "-o", "json"))).containsExactly("two");
            // The agent's next life ends what its former one left running, so that nothing is left of this test.
            site.startAgent("one");
            site.awaitNoProcess("sleep");
        }
    }

    @Test
    void aRemovedInstallationNeverComesBack() {
        try (var site = new Site()) {
            site.startCoordinator();
            var one = site.startAgent("one", "--slots", "1");
            assertThat(site.said("agent", "remove", "one", "--reason", "sold")).startsWith("agent one: removed");
            Site.awaitThat("it ends or says that it was removed", () -> !one.isAlive() || one.err().contains("removed"));
            one.end();
            assertThat(site.ganger("agent", "show", "one").exitCode()).isEqualTo(NOT_FOUND);
            var again = site.unawaitedAgent("one", "one", "--slots", "1");
            Site.awaitThat("it is refused", () -> !again.isAlive());
            assertThat(again.err()).contains("removed");
            assertThat(again.exitCode()).as("systemd does not start it again").isEqualTo(5);
            site.startAgent("two");
            assertThat(site.ganger("run", "true").exitCode()).isZero();
        }
    }

    @Test
    void whoIsNotThereIsThree() {
        try (var site = new Site()) {
            site.startCoordinator();
            for (var verb : List.of("show", "drain", "resume", "stop", "gone", "remove")) {
                var call = site.ganger("agent", verb, "nobody");
                assertThat(call.exitCode()).as(verb).isEqualTo(NOT_FOUND);
                assertThat(call.err()).as(verb).contains("nobody").hasLineCount(1);
            }
        }
    }
}
