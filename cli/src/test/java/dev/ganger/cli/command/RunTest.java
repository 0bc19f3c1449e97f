package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RunTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void whatTheTaskWritesIsWritten() {
        var out = cli.run("run", "echo", "hello", "wörld");
        assertThat(out.code()).isZero();
        assertThat(out.out()).isEqualTo("hello wörld");
        assertThat(out.err()).isEmpty();

        var err = cli.run("run", "warn", "oh");
        assertThat(err.out()).isEmpty();
        assertThat(err.err()).isEqualTo("oh");
    }

    @Test
    void outputIsBytesAsTheyAre() {
        var odd = Bytes.of((byte) 0xff, (byte) 0x1b, (byte) 0x80, (byte) '\r');

        assertThat(cli.run(List.of(Bytes.utf8("run"), Bytes.utf8("echo"), odd)).bytes()).isEqualTo(odd.toByteArray());
    }

    @Test
    void theExitCodeOfTheTaskIsPassedThrough() {
        assertThat(cli.run("run", "exit", "3").code()).isEqualTo(3);
        assertThat(cli.run("run", "exit", "137").code()).isEqualTo(137);
        assertThat(cli.run("run", "exit", "3").err()).isEmpty();
    }

    @Test
    void otherEndingsHaveTheirOwnCodesAndAreSaid() {
        assertEnding("kill 9", 137, "ganger: task 1.1 on agent fake-1: ended by signal 9 (KILL)\n");
        assertEnding("slow", 124, "ganger: task 2.1 on agent fake-1: ran longer than its timeout\n");
        assertEnding("missing", 127, "ganger: task 3.1 on agent fake-1: no such program: missing\n");
        assertEnding("forbidden", 126, "ganger: task 4.1 on agent fake-1: not executable\n");
        assertEnding("nowhere", 125, "ganger: task 5.1 on agent fake-1: no such working directory\n");
        assertEnding("gone", 125, "ganger: task 6.1 on agent fake-1: its agent was lost\n");
        assertEnding("stopped", 125, "ganger: task 7.1 on agent fake-1: by somebody\n");
    }

    private void assertEnding(String command, int code, String err) {
        var outcome = cli.run(("run " + command).split(" "));
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.err()).isEqualTo(err);
    }

    @Test
    void severalTasksGiveZeroOrOne() {
        var good = cli.run("run", "--array", "1-3", "echo", "{}");
        assertThat(good.code()).isZero();
        assertThat(good.out()).isEqualTo("123");

        var bad = cli.run("run", "--array", "0-2", "exit", "{}");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).isEqualTo("ganger: job 2: 1 succeeded, 2 did not; 'ganger results 2' tells more\n");
        assertThat(cli.stdin("7\n").run("run", "--each-line", "-", "exit", "{}").code()).isEqualTo(1);
    }

    @Test
    void outputThatWasNotKeptIsSaid() {
        var outcome = cli.run("run", "much", "abc");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("abc");
        assertThat(outcome.err())
                .isEqualTo("ganger: task 1.1: 100 bytes of standard output are not kept, between offsets 1 and 101\n");
    }

    @Test
    void withoutAnAgentItSaysThatItWaitsForOne() {
        coordinator.agents.clear();
        var running = cli.start("run", "echo", "late");
        coordinator.await(() -> !coordinator.jobs.isEmpty());
        coordinator.agentArrives();

        var outcome = running.join();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("late");
    }

    @Test
    void controlCCancelsTheJob() {
        var running = cli.start("run", "sleep");
        coordinator.await(() -> !coordinator.jobs.isEmpty());
        coordinator.await(() -> cli.interrupts.actions.size() == 1);
        pressUntilCancelled();

        var outcome = running.join();
        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.err()).contains("ganger: cancelling job 1; Ctrl-C again leaves at once\n");
        assertThat(coordinator.cancelReason).isEqualTo("interrupted");
    }

    @Test
    void outputComesWhileTheTaskRuns() throws java.io.IOException {
        var pipe = new java.io.PipedInputStream(1024);
        cli.out = new java.io.PipedOutputStream(pipe);
        var running = cli.start("run", "sleep");
        coordinator.await(() -> !coordinator.jobs.isEmpty());
        coordinator.output.out(1, 1, "50%");
        assertThat(pipe.readNBytes(3)).asString().isEqualTo("50%");
        coordinator.output.out(1, 1, "\r99%");
        assertThat(pipe.readNBytes(4)).asString().isEqualTo("\r99%");
        coordinator.finishAll(new dev.ganger.model.Ending.Exited(4));

        assertThat(running.join().code()).isEqualTo(4);
        assertThat(coordinator.output.lastRequest.getWholeLines()).isFalse();
        cli.run("run", "--array", "1-2", "true");
        assertThat(coordinator.output.lastRequest.getWholeLines()).isTrue();
    }

    /** Before the answer of the submit was read, Ctrl-C leaves; the fake does not, so it can be pressed again. */
    private void pressUntilCancelled() {
        while (coordinator.cancelReason.isEmpty()) {
            cli.interrupts.press();
        }
    }

    @Test
    void failuresOfGangerAre125AndOfTheCommandLine2() {
        assertThat(cli.run("run", "--no-such-option", "x").code()).isEqualTo(2);
        coordinator.limit = 0;
        assertThat(cli.run("run", "--no-wait", "true").code()).isEqualTo(125);
        cli.environment.put("GANGER_COORDINATOR", "localhost:1");
        var outcome = cli.run("run", "true");
        assertThat(outcome.code()).isEqualTo(125);
        assertThat(outcome.err()).startsWith("ganger: cannot reach the coordinator at localhost:1: connection refused;")
                .hasLineCount(1);
    }

    @Test
    void theSameKeyPrintsTheOutputOfTheFirstRunAgain() {
        assertThat(cli.run("run", "--key", "k", "echo", "once").out()).isEqualTo("once");
        assertThat(cli.run("run", "--key", "k", "echo", "once").out()).isEqualTo("once");
        assertThat(coordinator.jobs).hasSize(1);
    }
}
