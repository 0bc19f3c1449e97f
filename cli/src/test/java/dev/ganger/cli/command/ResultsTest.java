package dev.ganger.cli.command;

import dev.ganger.model.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ResultsTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    private void threeResults() {
        cli.run("submit", "--array", "0-1", "exit", "{}");
        cli.run("submit", "kill", "9");
    }

    @Test
    void printsWhatIsThere() {
        threeResults();

        var outcome = cli.run("results");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.lines()).containsExactly(
                "POSITION  TASK  STATE      REASON  CODE  ATTEMPT  FINISHED              SECONDS  STDOUT  STDERR  AGENT",
                "       1  1.0   succeeded  exit       0        1  2026-11-01T10:00:02Z    1.500       0       0  fake-1",
                "       2  1.1   failed     exit       1        1  2026-11-01T10:00:02Z    1.500       0       0  fake-1",
                "       3  2.1   failed     signal     9        1  2026-11-01T10:00:02Z    1.500       0       0  fake-1");
    }

    @Test
    void canBeNarrowed() {
        threeResults();

        assertThat(cli.run("results", "-o", "quiet", "2").out()).isEqualTo("2.1\n");
        assertThat(cli.run("results", "-o", "quiet", "last").out()).isEqualTo("2.1\n");
        assertThat(cli.run("results", "-o", "quiet", "1", "2").out()).isEqualTo("1.0\n1.1\n2.1\n");
        assertThat(cli.run("results", "-o", "quiet", "all").out()).isEqualTo("1.0\n1.1\n2.1\n");
        assertThat(cli.run("results", "-o", "quiet", "--from", "2").out()).isEqualTo("1.1\n2.1\n");
    }

    @Test
    void canBeNarrowedToTasksAndStatesAndJobsOfAKind() {
        threeResults();
        cli.run("submit", "--name", "nightly", "true");
        assertThat(cli.run("results", "-o", "quiet", "1.1", "2").out()).isEqualTo("1.1\n2.1\n");
        assertThat(cli.run("results", "-o", "quiet", "1.0-5").out()).isEqualTo("1.0\n1.1\n");
        assertThat(cli.run("results", "-o", "quiet", "--state", "failed").out()).isEqualTo("1.1\n2.1\n");
        assertThat(cli.run("results", "-o", "quiet", "--state", "failed", "1").out()).isEqualTo("1.1\n");
        assertThat(cli.run("results", "-o", "quiet", "--name", "night*").out()).isEqualTo("3.1\n");
        var none = cli.run("results", "-o", "quiet", "--name", "other");
        assertThat(none.code()).isZero();
        assertThat(none.out()).isEmpty();
        assertThat(cli.run("results", "9.1").code()).isEqualTo(3);
        assertThat(cli.run("results", "1.9").code()).isEqualTo(3);
        assertThat(cli.run("results", "9").code()).isEqualTo(3);
        assertThat(cli.run("results", "all", "--name", "x").code()).isZero();
    }

    @Test
    void orderedGoesByJobsAsAskedForAndThenByTask() {
        cli.run("submit", "--array", "1-3", "sleep");
        cli.run("submit", "true");
        coordinator.finish(coordinator.job(1), 3, coordinator.results.getFirst().run());
        var ordered = cli.start("results", "--ordered", "--follow", "2", "1", "-o", "quiet", "--timeout", "20s");
        coordinator.finish(coordinator.job(1), 1, coordinator.results.getFirst().run());
        coordinator.finish(coordinator.job(1), 2, coordinator.results.getFirst().run());

        assertThat(ordered.join().out()).isEqualTo("2.1\n1.1\n1.2\n1.3\n");
        assertThat(cli.run("results", "--ordered", "all", "-o", "quiet").out()).isEqualTo("1.1\n1.2\n1.3\n2.1\n");
        assertThat(cli.run("results", "1", "-o", "quiet").out()).isEqualTo("1.3\n1.1\n1.2\n");
    }

    @Test
    void orderedGoesOnWhereItWasWhenTheConnectionBreaks() {
        cli.run("submit", "--array", "1-5", "true");
        coordinator.resultBreaks.add(2);
        var outcome = cli.run("results", "--ordered", "--follow", "1", "-o", "quiet");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("1.1\n1.2\n1.3\n1.4\n1.5\n");
    }

    @Test
    void allShowsEveryRoundAndOtherwiseOnlyTheNewest() {
        cli.run("submit", "exit", "3");
        cli.run("retry", "1");
        assertThat(cli.run("results", "1", "-o", "quiet").out()).as("the new round has not ended").isEmpty();
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(cli.run("results", "-o", "json").lines()).singleElement().asString().contains("\"round\":2,\"attempt\":2");
        assertThat(cli.run("results", "--all", "1", "-o", "json").lines()).satisfiesExactly(
                first -> assertThat(first).contains("\"round\":1,\"attempt\":1,\"state\":\"failed\""),
                second -> assertThat(second).contains("\"round\":2,\"attempt\":2,\"state\":\"succeeded\""));
    }

    @Test
    void csvHasAHeaderAndAColumnForEachField() {
        assertThat(cli.run("results", "--format", "csv").bytes()).asString(StandardCharsets.UTF_8)
                .startsWith("position,task,job,").endsWith("stderr.dropped\r\n").hasLineCount(1);
        cli.run("submit", "sleep");
        cli.run("cancel", "1", "--reason", "a \"b\",\nc");

        var csv = cli.run("results", "--format", "csv").out();
        var none = "0,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,0";
        assertThat(csv)
                .endsWith("\r\n1,1.1,1,1,1,1,cancelled,,,cancelled,\"a \"\"b\"\",\nc\",fake-1,,,2026-11-01T10:00:00.500Z,,,,0,0,"
                        + none + "," + none + "\r\n");
        assertThat(cli.run("results", "--format", "json").out()).startsWith("{");
        assertThat(cli.run("results", "--format", "quiet", "-o", "json").out()).isEqualTo("1.1\n");
        assertThat(cli.run("results", "--next", "--format", "csv").out()).isEqualTo(csv);
    }

    @Test
    void followsAJobUntilItIsFinished() {
        cli.run("submit", "--array", "1-2", "sleep");
        var following = cli.start("results", "1", "--follow", "-o", "quiet");
        coordinator.finishAll(new Ending.Exited(0));

        assertThat(following.join().code()).isZero();
        assertThat(following.join().out()).isEqualTo("1.1\n1.2\n");
    }

    @Test
    void followsForATime() {
        threeResults();

        var outcome = cli.run("results", "--follow", "--timeout", "1500ms", "-o", "quiet");
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.out()).isEqualTo("1.0\n1.1\n2.1\n");
    }

    @Test
    void nextTakesOneAfterTheOther() {
        threeResults();

        assertThat(cli.run("results", "--next", "-o", "quiet").out()).isEqualTo("1.0\n");
        assertThat(cli.run("results", "--next", "-o", "quiet").out()).isEqualTo("1.1\n");
        assertThat(cli.run("results", "--next", "--consumer", "other", "-o", "quiet").out()).isEqualTo("1.0\n");
        assertThat(cli.run("results", "--next", "--timeout", "1s", "-o", "quiet").out()).isEqualTo("2.1\n");
        assertThat(coordinator.cursors).containsEntry("default", 4L).containsEntry("other", 2L);
    }

    @Test
    void nextSaysWhatIsNoLongerKept() {
        threeResults();
        coordinator.missed = 7;

        var outcome = cli.run("results", "--next", "-o", "quiet");
        assertThat(outcome.out()).isEqualTo("1.0\n");
        assertThat(outcome.err())
                .isEqualTo("ganger: 7 results that the consumer 'default' had not read are no longer kept\n");
    }

    @Test
    void whatIsNoLongerKeptIsThree() {
        threeResults();
        coordinator.firstKept = 3;

        assertThat(cli.run("results", "--from", "2").code()).isEqualTo(3);
        assertThat(cli.run("results", "--from", "2").err()).isEqualTo("ganger: position 2 is no longer kept\n");
        assertThat(cli.run("results", "--from", "3", "-o", "quiet").out()).isEqualTo("2.1\n");
    }

    @Test
    void anEmptyQueueIsEightAndALongWaitSeven() {
        var empty = cli.run("results", "--next", "--no-wait");
        assertThat(empty.code()).isEqualTo(8);
        assertThat(empty.out()).isEmpty();
        assertThat(empty.err()).startsWith("ganger: no result for the consumer 'default' now").hasLineCount(1);

        assertThat(cli.run("results", "--next", "--timeout", "20ms").code()).isEqualTo(7);
        assertThat(cli.run("results", "--peek", "--no-wait", "-o", "json").err())
                .startsWith("{\"error\":{\"code\":\"queue-empty\",");
    }

    @Test
    void nextWaitsForAResult() {
        var taking = cli.start("results", "--next", "-o", "quiet");
        cli.run("submit", "true");

        assertThat(taking.join().out()).isEqualTo("1.1\n");
    }

    @Test
    void peekDoesNotMoveAndAckDoes() {
        threeResults();

        assertThat(cli.run("results", "--peek", "-o", "quiet").out()).isEqualTo("1.0\n");
        assertThat(cli.run("results", "--peek", "-o", "quiet").out()).isEqualTo("1.0\n");
        assertThat(cli.run("results", "--ack", "2").out()).isEqualTo("the consumer 'default' reads position 3 next\n");
        assertThat(cli.run("results", "--next", "-o", "quiet").out()).isEqualTo("2.1\n");
        assertThat(cli.run("results", "--ack", "0", "--consumer", "c", "-o", "json").out())
                .isEqualTo("{\"consumer\":\"c\",\"next\":1}\n");
    }

    @Test
    void aResultThatCouldNotBePrintedIsNotAcknowledged() {
        threeResults();
        cli.out = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        var outcome = cli.run("results", "--next");
        assertThat(outcome.code()).isEqualTo(141);
        assertThat(outcome.err()).isEmpty();
        assertThat(coordinator.cursors).isEmpty();
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertRefused("--next", "--peek");
        assertRefused("--next", "1");
        assertRefused("--next", "--from", "1");
        assertRefused("--next", "--follow");
        assertRefused("--ack", "1", "--next");
        assertRefused("--ack", "-1");
        assertRefused("--from", "-1");
        assertRefused("--no-wait");
        assertRefused("--timeout", "1s");
        assertRefused("--consumer", "c");
        assertRefused("--next", "--no-wait", "--timeout", "1s");
        assertRefused("--next", "--all");
        assertRefused("--next", "--tag", "a=b");
        assertRefused("--ordered");
        assertRefused("--ordered", "--state", "failed");
        assertRefused("--ordered", "--from", "3", "1");
        assertRefused("--state", "running");
        assertRefused("--format", "xml");
        assertRefused("--ack", "1", "--format", "csv");
    }

    private void assertRefused(String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of(options));
        words.addFirst("results");
        var outcome = cli.run(words.toArray(String[]::new));
        assertThat(outcome.code()).as(words.toString()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("ganger: ").hasLineCount(1);
    }
}
