package dev.ganger.cli.command;

import dev.ganger.model.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Holding tasks, letting them go, running them again. */
final class RetryTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void holdsWhatHasNotStartedAndSaysWhatGoesOn() {
        cli.run("submit", "--array", "1-5", "sleep");
        coordinator.job(1).running.add(2L);

        assertThat(cli.run("hold", "1.1-2", "--reason", "disk").out())
                .isEqualTo("job 1: 2 held, 1 with agents: what runs goes on, what has not started comes back\n");
        assertThat(coordinator.holdReason).isEqualTo("disk");
        assertThat(cli.run("hold", "1", "-o", "json").out()).isEqualTo("{\"job\":1,\"held\":3,\"running\":1}\n");
        assertThat(cli.run("tasks", "1", "--state", "held", "-o", "quiet").out()).isEqualTo("1.1\n1.3\n1.4\n1.5\n");
        assertThat(cli.run("jobs", "-o", "json").out()).contains("\"total\":5,\"waiting\":0,\"held\":4,\"queued\":0,\"leased\":0,"
                + "\"running\":1");
        assertThat(cli.run("show", "1").lines()).contains("tasks         5 in all, 4 held, 1 running");
        assertThat(cli.run("hold", "1.1", "-o", "quiet").out()).isEqualTo("1\n");
        assertThat(cli.run("hold", "1.1").out()).isEqualTo("job 1: nothing to hold\n");
    }

    @Test
    void releasesAllOrSome() {
        cli.run("submit", "--array", "1-5", "sleep");
        coordinator.job(1).running.add(2L);
        cli.run("hold", "1");

        assertThat(cli.run("release", "1.1").out()).isEqualTo("job 1: 1 released\n");
        assertThat(cli.run("release", "1", "--state", "running", "-o", "json").out()).isEqualTo("{\"job\":1,\"released\":1}\n");
        assertThat(cli.run("release", "last").out()).isEqualTo("job 1: 3 released\n");
        assertThat(cli.run("release", "1").out()).isEqualTo("job 1: nothing is held\n");
        assertThat(cli.run("release", "1", "-o", "quiet").out()).isEqualTo("1\n");
    }

    @Test
    void holdTakesStatesAndAllThatIsNotFinished() {
        cli.run("submit", "true");
        cli.run("submit", "--array", "1-3", "sleep");
        coordinator.job(2).running.add(1L);

        assertThat(cli.run("hold", "--state", "queued").out()).isEqualTo("job 2: 2 held\n");
        assertThat(cli.run("hold", "all").out()).startsWith("job 2: 1 held").hasLineCount(1);
        assertThat(cli.run("hold").code()).isEqualTo(2);
        assertThat(cli.run("release").code()).isEqualTo(2);
    }

    @Test
    void runsAgainWhatDidNotSucceed() {
        cli.run("submit", "--array", "0-4", "exit", "{}");
        cli.run("submit", "--array", "1-2", "sleep");
        cli.run("cancel", "2.1");

        assertThat(cli.run("retry", "1", "--reason", "fixed").out()).isEqualTo("job 1: 4 tasks queued again\n");
        assertThat(coordinator.retryReason).isEqualTo("fixed");
        assertThat(cli.run("tasks", "1.0-1").lines().getLast()).startsWith("1.1   queued            1");
        assertThat(cli.run("tasks", "1.1", "-o", "json").out()).as("what was is in its attempts")
                .contains("\"round\":2,\"state\":\"queued\",\"attempts\":[{\"number\":1,\"agent\":\"fake-1\"")
                .contains(
                        "}],\"exitCode\":null,\"signal\":null,\"reason\":null,\"reasonText\":null,\"agent\":null,\"startedAt\":null");
        assertThat(cli.run("retry", "2", "--failed").out()).isEqualTo("job 2: nothing to retry\n");
        assertThat(cli.run("retry", "2", "-o", "json").out()).isEqualTo("{\"job\":2,\"retried\":1}\n");
        assertThat(cli.run("retry", "1.0").out()).isEqualTo("job 1: nothing to retry\n");
        assertThat(cli.run("retry", "1.0", "--state", "succeeded", "-o", "quiet").out()).isEqualTo("1\n");
        coordinator.finishAll(new Ending.Exited(0));
        assertThat(cli.run("wait", "1").code()).isZero();
        assertThat(cli.run("show", "1.1").lines()).contains("round         2", "attempt 1 on fake-1: failed",
                "attempt 2 on fake-1: succeeded");
    }

    @Test
    void runsAgainOnlyWhatRanOnAnAgent() {
        cli.run("submit", "--array", "1-3", "exit", "1");

        assertThat(cli.run("retry", "1", "--failed", "--agent", "other").out()).isEqualTo("job 1: nothing to retry\n");
        assertThat(cli.run("retry", "--failed", "--agent", "fake-1", "1.2-3").out()).isEqualTo("job 1: 2 tasks queued again\n");
    }

    @Test
    void whatCannotBeRunAgainIsSaid() {
        cli.run("submit", "exit", "1");
        var running = cli.run("retry", "1", "--state", "running");
        assertThat(running.code()).isEqualTo(2);
        assertThat(running.err()).isEqualTo(
                "ganger: finished tasks are run again: succeeded, failed or cancelled ones, not those that are running\n");
        assertThat(cli.run("retry", "1", "--failed", "--state", "failed").code()).isEqualTo(2);
        assertThat(cli.run("retry").code()).isEqualTo(2);
        assertThat(cli.run("retry", "--failed").err()).as("of which jobs?").contains("needs a job");
        assertThat(cli.run("retry", "9").code()).isEqualTo(3);
        coordinator.limit = 0;
        assertThat(cli.run("retry", "1").code()).isEqualTo(6);
        assertThat(cli.run("retry", "1", "--coordinator", "localhost:1").code()).isEqualTo(4);
    }

    @Test
    void whySaysSentences() {
        cli.run("submit", "--array", "1-2", "exit", "1");
        coordinator.explanations.put("1", java.util.List.of("2 of 2 tasks failed.", "The first was 1.1\u001b[2J."));

        assertThat(cli.run("why", "1").out()).isEqualTo("2 of 2 tasks failed.\nThe first was 1.1\\x1b[2J.\n");
        assertThat(cli.run("why", "1", "-o", "json").out()).isEqualTo(
                "{\"id\":\"1\",\"state\":\"failed\",\"sentences\":[\"2 of 2 tasks failed.\",\"The first was 1.1\\u001B[2J.\"]}\n");
        assertThat(cli.run("why", "1.2", "-o", "json").out()).isEqualTo(
                "{\"id\":\"1.2\",\"state\":\"failed\",\"sentences\":[\"There is nothing to say about 1.2.\"]}\n");
        assertThat(cli.run("why", "1.1-2").lines()).containsExactly("1.1: There is nothing to say about 1.1.",
                "1.2: There is nothing to say about 1.2.");
        assertThat(cli.run("why", "1.1-2", "-o", "quiet").out()).isEqualTo("1.1\n1.2\n");
        assertThat(cli.run("why", "--state", "failed").out()).startsWith("2 of 2 tasks failed.");
        assertThat(cli.run("why", "1.1-2000").err()).isEqualTo(
                "ganger: 'why' explains at most 1000 tasks in one call, not the 2000 of 1.1-2000\n");
        assertThat(cli.run("why", "1.7").code()).isEqualTo(3);
        assertThat(cli.run("why", "7").code()).isEqualTo(3);
        assertThat(cli.run("why").code()).isEqualTo(2);
    }
}
