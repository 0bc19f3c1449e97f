package dev.ganger.cli.command;

import dev.ganger.model.Ending;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ReconnectTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
        assertThat(coordinator.output.wrongs).isEmpty();
    }

    private String lost(String patience) {
        return "ganger: lost the coordinator at " + coordinator.address() + "; trying again for " + patience + "\n";
    }

    private static final String BACK = "ganger: the coordinator is back\n";

    /** Chunks of three tasks, each line whole before another stream's begins; nine messages with the results. */
    private void script(long job) {
        coordinator.output.out(job, 1, "first line\nsecond ");
        coordinator.output.out(job, 1, "line\n");
        coordinator.output.err(job, 2, "warn");
        coordinator.output.err(job, 2, "ing\n");
        coordinator.output.out(job, 1, "last\n");
        coordinator.output.out(job, 3, "three");
        coordinator.finishAll(new Ending.Exited(0));
    }

    private static final int MESSAGES = 9;
    private static final String OUT = "first line\nsecond line\nlast\nthree";

    private void submitScripted() {
        cli.run("submit", "--array", "1-3", "sleep");
        script(coordinator.jobs.lastKey());
    }

    @Test
    void logsGoOnAfterABreakAtEachBoundary() {
        for (var after = 0; after <= MESSAGES; after++) {
            submitScripted();
            coordinator.output.breaks.add(after);
            var outcome = cli.run("logs", "last", "-f");

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).as("broken after " + after).isEqualTo(OUT);
            assertThat(outcome.err()).contains(lost("2m") + BACK);
            assertThat(outcome.err().replace(lost("2m"), "").replace(BACK, "")).isEqualTo("warning\n");
        }
    }

    @Test
    void logsGoOnAfterEachMessage() {
        submitScripted();
        coordinator.output.breaks.addAll(Collections.nCopies(MESSAGES, 1));
        var outcome = cli.run("logs", "last", "-f", "--prefix");

        assertThat(outcome.out()).isEqualTo("1.1: first line\n1.1: second line\n1.1: last\n1.3: three");
        assertThat(outcome.err().replace(lost("2m"), "").replace(BACK, "")).isEqualTo("1.2: warning\n");
        assertThat(coordinator.output.calls).isEqualTo(MESSAGES + 1);
    }

    @Test
    void theTailIsNotAskedForAgain() {
        cli.run("submit", "--array", "1-2", "sleep");
        coordinator.output.out(1, 1, "a\nb\n");
        coordinator.output.out(1, 2, "c\nd\n");
        coordinator.finishAll(new Ending.Exited(0));
        for (var after = 2; after <= 6; after++) {
            coordinator.output.breaks.add(after);
            assertThat(cli.run("logs", "1", "-f", "--tail", "1").out()).isEqualTo("b\nd\n");
        }
        coordinator.output.breaks.add(0);
        assertThat(cli.run("logs", "1", "-f", "--tail", "1").out()).isEqualTo("b\nd\n");
    }

    @Test
    void aRunGoesOnAfterABreakAtEachBoundary() {
        for (var after = 0; after <= 6; after++) {
            coordinator.output.breaks.add(after);
            var outcome = cli.stdin("echo a\necho b\nexit 3\n").run("run", "--array", "1-3", "echo", "{}{}");

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).as("broken after " + after).isEqualTo("112233");
            assertThat(outcome.err()).isEqualTo(lost("2m") + BACK);
        }
    }

    @Test
    void theExitCodeOfARunSurvivesABreak() {
        coordinator.output.breaks.addAll(List.of(0, 0));
        assertThat(cli.run("run", "exit", "7").code()).isEqualTo(7);
    }

    @Test
    void aSubmitThatBreaksIsSentAgainWithTheSameKey() {
        coordinator.breakingSubmits = 3;
        var outcome = cli.run("run", "echo", "once");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("once");
        assertThat(coordinator.jobs).hasSize(1);
    }

    @Test
    void aSubmitThatNeverArrivesIsGivenUp() {
        coordinator.breakingSubmits = Integer.MAX_VALUE;
        var outcome = cli.run("run", "--reconnect", "200ms", "true");

        assertThat(outcome.code()).isEqualTo(125);
        assertThat(outcome.err()).endsWith("did not come back for 0.2s; 'ganger jobs' tells whether the job was queued\n");
    }

    @Test
    void waitingGoesOnAfterBreaks() {
        cli.run("submit", "sleep");
        coordinator.watchBreaks = 2;
        var waiting = cli.start("wait", "1", "--reconnect", "1m");
        coordinator.await(() -> coordinator.watching > 2);
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(waiting.join().code()).isZero();
        assertThat(waiting.join().out()).isEqualTo("job 1: 1 succeeded in 12.0 s\n");
        assertThat(waiting.join().err()).contains(lost("1m")).endsWith(BACK);
    }

    @Test
    void resultsGoOnBehindTheLastOne() {
        cli.run("submit", "--array", "1-3", "exit", "{}");
        for (var after = 0; after <= 2; after++) {
            coordinator.resultsFrom.clear();
            coordinator.resultBreaks.add(after);
            var outcome = cli.run("results", "1", "--follow", "-o", "quiet");

            assertThat(outcome.out()).isEqualTo("1.1\n1.2\n1.3\n");
            assertThat(outcome.err()).isEqualTo(lost("2m") + BACK);
            assertThat(coordinator.resultsFrom).containsExactly(0L, after == 0 ? 0L : after + 1L);
        }
        coordinator.resultBreaks.addAll(List.of(1, 1));
        assertThat(cli.run("results", "1", "--follow", "-o", "quiet").out()).isEqualTo("1.1\n1.2\n1.3\n");
    }

    @Test
    void aCoordinatorThatReturnsIsFoundAgain() {
        cli.run("submit", "sleep");
        coordinator.output.out(1, 1, "before ");
        var logs = cli.start("logs", "1", "-f");
        var waiting = cli.start("wait", "1");
        var results = cli.start("results", "1", "--follow", "-o", "quiet");
        coordinator.await(() -> coordinator.watching > 0 && coordinator.output.calls > 0 && !coordinator.resultsFrom.isEmpty());
        coordinator.vanish();
        coordinator.comeBack();
        coordinator.output.out(1, 1, "after\n");
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(logs.join().out()).isEqualTo("before after\n");
        assertThat(logs.join().err()).isEqualTo(lost("2m") + BACK);
        assertThat(waiting.join().code()).isZero();
        assertThat(results.join().out()).isEqualTo("1.1\n");
    }

    @Test
    void itGivesUpInTheEndAndSaysHowToGoOn() {
        cli.run("submit", "sleep");
        var logs = cli.start("logs", "1", "-f", "--reconnect", "300ms");
        var waiting = cli.start("wait", "1", "--reconnect", "300ms");
        var results = cli.start("results", "1", "--follow", "--reconnect", "300ms");
        var run = cli.start("run", "--reconnect", "300ms", "sleep");
        coordinator.await(() -> coordinator.watching > 0 && coordinator.output.calls > 1 && !coordinator.resultsFrom.isEmpty());
        coordinator.vanish();

        var gone = lost("0.3s") + "ganger: lost the coordinator at " + coordinator.address()
                + ", and it did not come back for 0.3s; ";
        assertThat(logs.join().err()).isEqualTo(gone + "'ganger logs -f 1' follows again\n");
        assertThat(logs.join().code()).isEqualTo(4);
        assertThat(waiting.join().err()).isEqualTo(gone + "job 1 goes on: 'ganger wait 1' waits again\n");
        assertThat(waiting.join().code()).isEqualTo(4);
        assertThat(results.join().err()).isEqualTo(gone + "'ganger results --follow --from 0 1' goes on from there\n");
        assertThat(results.join().code()).isEqualTo(4);
        assertThat(run.join().err())
                .isEqualTo(gone + "job 2 goes on: 'ganger logs -f 2' shows what it writes, 'ganger wait 2' waits for it\n");
        assertThat(run.join().code()).isEqualTo(125);
    }

    @Test
    void withZeroItDoesNotTryAgain() {
        submitScripted();
        coordinator.output.breaks.add(1);
        var outcome = cli.run("logs", "1", "-f", "--reconnect", "0");

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.out()).isEqualTo("first line\nsecond ");
        assertThat(outcome.err()).isEqualTo("ganger: lost the coordinator at " + coordinator.address()
                + ": broken; see whether it runs, and try again; 'ganger logs -f 1' follows again\n");
    }

    @Test
    void theTimeoutOfAWaitHoldsWhileTheCoordinatorIsAway() {
        cli.run("submit", "sleep");
        var waiting = cli.start("wait", "1", "--timeout", "1s");
        coordinator.await(() -> coordinator.watching > 0);
        coordinator.vanish();

        assertThat(waiting.join().code()).isEqualTo(7);
    }

    @Test
    void controlCSaysThatNothingCanBeCancelledWhileTheCoordinatorIsAway() {
        var run = cli.start("run", "sleep");
        coordinator.await(() -> coordinator.output.calls > 0);
        coordinator.vanish();
        cli.interrupts.press();
        coordinator.comeBack();
        coordinator.finishAll(new Ending.Exited(5));

        assertThat(run.join().err()).contains("ganger: job 1 cannot be cancelled now: cannot reach the coordinator")
                .contains("Ctrl-C again leaves, and 'ganger cancel 1' cancels it later\n").contains(BACK);
        assertThat(run.join().code()).isEqualTo(5);
    }
}
