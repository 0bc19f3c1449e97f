package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class WaitTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void saysHowAFinishedJobEnded() {
        cli.run("submit", "--array", "0-9", "exit", "{}");

        var outcome = cli.run("wait", "1");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEqualTo("job 1: 1 succeeded, 9 failed in 12.0 s\n");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void waitsUntilTheJobIsFinished() {
        cli.run("submit", "sleep");
        var waiting = cli.start("wait", "last");
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(waiting.join().code()).isZero();
        assertThat(waiting.join().out()).isEqualTo("job 1: 1 succeeded in 12.0 s\n");
    }

    @Test
    void allAreTheUnfinishedOnes() {
        cli.run("submit", "exit", "1");
        assertThat(cli.run("wait", "all").code()).isZero();

        cli.run("submit", "sleep");
        var waiting = cli.start("wait", "all", "-o", "quiet");
        coordinator.await(() -> coordinator.watching > 0);
        coordinator.finishAll(new Ending.Exited(0));
        assertThat(waiting.join().out()).isEqualTo("2\n");
    }

    @Test
    void waitsForSomeTasksOnly() {
        cli.run("submit", "--array", "1-5", "sleep");
        var waiting = cli.start("wait", "1.2,4");
        coordinator.await(() -> coordinator.watching > 0);
        var done = Endings.run(new Ending.Exited(0), Bytes.EMPTY, Bytes.EMPTY, 0);
        coordinator.finish(coordinator.job(1), 4, done);
        coordinator.finish(coordinator.job(1), 2, done);

        assertThat(waiting.join().out()).isEqualTo("tasks 1.2,4: 2 succeeded\n");
        assertThat(waiting.join().code()).isZero();
        assertThat(cli.run("wait", "1.2", "-o", "quiet").out()).isEqualTo("1.2\n");
        assertThat(cli.run("wait", "1.2,4", "-o", "json").lines()).hasSize(2).first().asString()
                .startsWith("{\"id\":\"1.2\",\"job\":1,\"index\":2,\"round\":1,\"state\":\"succeeded\"");
        var late = cli.run("wait", "1.2-3", "--timeout", "50ms");
        assertThat(late.code()).isEqualTo(7);
        assertThat(late.err()).isEqualTo(
                "ganger: tasks 1.2-3 are not finished after 0.1 s: 1 of 2 tasks left; 'ganger wait 1.2-3' waits again\n");
        coordinator.finishAll(new Ending.Signaled(9));
        assertThat(cli.run("wait", "1.3").out()).isEqualTo("task 1.3: failed, ended by signal 9 (KILL)\n");
        assertThat(cli.run("wait", "1.3-4").out()).isEqualTo("tasks 1.3-4: 1 succeeded, 1 failed\n");
        assertThat(cli.run("wait", "1.3-4").code()).isOne();
    }

    @Test
    void filtersWaitForAllThatMatchTheFinishedIncluded() {
        cli.run("submit", "--name", "batch", "exit", "1");
        cli.run("submit", "--name", "batch", "true");
        var outcome = cli.run("wait", "--name", "batch");
        assertThat(outcome.code()).isOne();
        assertThat(outcome.lines()).containsExactly("job 1: 0 succeeded, 1 failed in 12.0 s", "job 2: 1 succeeded in 12.0 s");
    }

    @Test
    void severalJobsAreGoodOnlyIfAllAre() {
        cli.run("submit", "true");
        cli.run("submit", "false-is-true-here");
        cli.run("submit", "exit", "1");

        assertThat(cli.run("wait", "1", "2").code()).isZero();
        assertThat(cli.run("wait", "1", "3", "-o", "json").code()).isEqualTo(1);
        assertThat(cli.run("wait", "1", "3", "-o", "json").out()).hasLineCount(2);
    }

    @Test
    void waitingLongEnoughIsSeven() {
        cli.run("submit", "--array", "1-4", "sleep");

        var outcome = cli.run("wait", "1", "--timeout", "50ms");
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.err()).isEqualTo(
                "ganger: job 1 is not finished after 0.1 s: 4 of 4 tasks left; 'ganger wait 1' waits again\n");
    }

    @Test
    void aCoordinatorThatEndsIsFourAndTheJobGoesOn() {
        cli.run("submit", "sleep");
        var waiting = cli.start("wait", "1", "--reconnect", "0");
        coordinator.await(() -> coordinator.watching > 0);
        coordinator.close();

        var outcome = waiting.join();
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).startsWith("ganger: lost the coordinator at localhost:")
                .endsWith("; job 1 goes on: 'ganger wait 1' waits again\n").hasLineCount(1);
    }

    @Test
    void saysOnceThatThereIsNoAgent() {
        coordinator.agents.clear();
        cli.run("submit", "true");
        cli.run("submit", "true");
        var outcome = cli.run("wait", "1", "2", "--timeout", "50ms");

        assertThat(outcome.err()).startsWith("ganger: no agent is alive; waiting for one: start it with 'ganger agent run'\n")
                .hasLineCount(2);
    }

    @Test
    void aJobThatIsNotThereIsThree() {
        var outcome = cli.run("wait", "99");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).isEqualTo("ganger: no such job: 99\n");
        assertThat(cli.run("wait", "last").code()).isEqualTo(3);
        assertThat(cli.run("wait", "1.2").code()).isEqualTo(3);
        assertThat(cli.run("wait", "x").code()).isEqualTo(2);
    }
}
