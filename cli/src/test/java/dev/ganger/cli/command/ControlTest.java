package dev.ganger.cli.command;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ControlTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void cancelsAJobWithAReason() {
        cli.run("submit", "--array", "1-5", "sleep");

        assertThat(cli.run("cancel", "1", "--reason", "wröng").out()).isEqualTo("job 1: 5 cancelled\n");
        assertThat(coordinator.cancelReason).isEqualTo("wröng");
        assertThat(cli.run("results", "-o", "json").lines().getFirst())
                .contains("\"reason\":\"cancelled\",\"reasonText\":\"wröng\"");
    }

    @Test
    void cancelsSomeTasksOnly() {
        cli.run("submit", "--array", "1-100", "sleep");

        assertThat(cli.run("cancel", "1.1-50", "-o", "json").out()).isEqualTo("{\"job\":1,\"cancelled\":50,\"ending\":0}\n");
        assertThat(cli.run("cancel", "last.60,62").out()).isEqualTo("job 1: 2 cancelled\n");
        assertThat(cli.run("cancel", "1.99").out()).isEqualTo("job 1: 1 cancelled\n");
        assertThat(coordinator.unfinished()).isEqualTo(47);
    }

    @Test
    void cancelsWhatIsInSomeStates() {
        cli.run("submit", "--array", "1-5", "sleep");
        coordinator.job(1).running.add(2L);
        cli.run("hold", "1.1");
        assertThat(cli.run("cancel", "--state", "held,running").out()).isEqualTo("job 1: 2 cancelled\n");
        assertThat(cli.run("cancel", "1.3-9", "--state", "queued").out()).isEqualTo("job 1: 3 cancelled\n");
        assertThat(cli.run("cancel", "1", "--state", "queued").out()).isEqualTo("job 1: nothing to cancel\n");
    }

    @Test
    void cancelsAllThatIsNotFinished() {
        cli.run("submit", "true");
        cli.run("submit", "sleep");
        cli.run("submit", "sleep");

        assertThat(cli.run("cancel", "all", "-o", "quiet").out()).isEqualTo("2\n3\n");
        assertThat(cli.run("cancel", "9").code()).isEqualTo(3);
        assertThat(cli.run("cancel").err()).isEqualTo(
                "ganger: 'cancel' needs a job, for example 'ganger cancel last', or --state, --name or --tag; see 'ganger cancel --help'\n");
    }

    @Test
    void cancelOfWhatIsFinishedSaysSo() {
        cli.run("submit", "true");
        var outcome = cli.run("cancel", "1");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("job 1: nothing to cancel\n");
        assertThat(cli.run("cancel", "1", "-o", "json").out()).isEqualTo("{\"job\":1,\"cancelled\":0,\"ending\":0}\n");
    }

    @Test
    void forgetsWhatIsFinished() {
        cli.run("submit", "--array", "1-5", "true");
        cli.run("submit", "true");
        cli.run("submit", "sleep");
        cli.run("submit", "true");

        assertThat(cli.run("forget", "1").out()).isEqualTo("job 1: forgotten, with 5 results\n");
        assertThat(cli.run("forget", "last", "-o", "json").out()).isEqualTo("{\"job\":4,\"results\":1}\n");
        assertThat(cli.run("forget", "all", "-o", "quiet").out()).isEqualTo("2\n");
        assertThat(coordinator.jobs.keySet()).containsExactly(3L);
    }

    @Test
    void whatIsNotFinishedOrNotThereIsNotForgotten() {
        cli.run("submit", "sleep");

        var unfinished = cli.run("forget", "1");
        assertThat(unfinished.code()).isEqualTo(5);
        assertThat(unfinished.err()).isEqualTo("ganger: job 1 is not finished; 'ganger cancel 1' ends it\n");
        assertThat(cli.run("forget", "9").code()).isEqualTo(3);
        assertThat(cli.run("forget", "1.1").code()).isEqualTo(2);
        assertThat(cli.run("forget").code()).isEqualTo(2);
    }

    @Test
    void closesAndOpens() {
        assertThat(cli.run("close").out()).isEqualTo("closed: no more jobs are accepted until 'ganger open'\n");
        assertThat(coordinator.open).isFalse();
        assertThat(cli.run("status").out()).contains("submits       refused; 'ganger open' accepts them again");
        assertThat(cli.run("open", "-o", "json").out()).isEqualTo("{\"open\":true}\n");
        assertThat(coordinator.open).isTrue();
    }

    @Test
    void stopSaysWhatItWaitsForAndNamesWhoCannotBeReached() {
        coordinator.stopAnswers
                .addAll(List.of(List.of("12", "a", "b", "c"), List.of("7", "a", "b", "c"), List.of("0", "a", "b", "c?"),
                        List.of("0", "b", "c?"), List.of("0", "c?"), List.of("0", "c?", "never-read")));

        var outcome = cli.run("stop");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err().lines()).containsExactly(
                "waiting for 12 tasks",
                "ganger: agent c cannot be reached; it gets STOP when it returns, and is not waited for",
                "waiting for agents a, b",
                "waiting for agent b");
        assertThat(outcome.out()).isEqualTo("stopped: 2 agents ended: a, b\n");
        assertThat(coordinator.stoppedNow).isFalse();
    }

    @Test
    void stopSaysThatThereIsNobodyToDoTheWorkBefore() {
        coordinator.agents.clear();
        coordinator.stopAnswers.addAll(List.of(List.of("3"), List.of("0")));

        assertThat(cli.run("stop").err().lines()).containsExactly(
                "ganger: no agent is alive; waiting for one: start it with 'ganger agent run'", "waiting for 3 tasks");
    }

    @Test
    void stopNowSaysSo() {
        coordinator.stopAnswers.addAll(List.of(List.of("0", "a"), List.of("0")));

        assertThat(cli.run("stop", "--now", "-o", "json").out()).isEqualTo("{\"ended\":[\"a\"],\"unreachable\":[]}\n");
        assertThat(coordinator.stoppedNow).isTrue();
        assertThat(cli.run("stop", "--now", "-o", "quiet").out()).isEqualTo("a\n");
    }

    @Test
    void stopIsRefusedBehindWhatWouldNeverStartUnlessThatIsSkipped() {
        coordinator.stuck = "task 1.1 is held and would never start; 'ganger release 1.1' lets it go, 'ganger stop --skip' leaves it queued";
        coordinator.stopAnswers.addAll(List.of(List.of("0", "a"), List.of("0")));

        var refused = cli.run("stop");
        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err()).isEqualTo("ganger: " + coordinator.stuck + "\n");
        assertThat(coordinator.stopping).isFalse();
        assertThat(cli.run("stop", "--skip").out()).isEqualTo("stopped: 1 agent ended: a\n");
        assertThat(coordinator.stopSkips).isTrue();
    }

    @Test
    void stopOfAnAgentAsksWhetherAgentStopWasMeant() {
        assertThat(cli.run("stop", "web-7").err())
                .isEqualTo("ganger: 'stop' ends agents and takes no 'web-7': did you mean 'ganger agent stop web-7'?\n");
    }

    @Test
    void stopOfAJobAsksWhetherCancelWasMeant() {
        var outcome = cli.run("stop", "42");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("ganger: 'stop' ends agents and takes no '42': did you mean 'ganger cancel 42'?\n");
        assertThat(coordinator.stopping).isFalse();
    }
}
