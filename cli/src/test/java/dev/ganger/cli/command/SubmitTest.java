package dev.ganger.cli.command;

import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.Indices;
import dev.ganger.model.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class SubmitTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    private FakeJob job() {
        return coordinator.jobs.firstEntry().getValue();
    }

    @Test
    void printsTheIdAlone() {
        var outcome = cli.run("submit", "echo", "hello");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("1\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(job().spec.command().arguments()).containsExactly(literal("echo"), literal("hello"));
    }

    private static Argument literal(String text) {
        return Argument.literal(Bytes.utf8(text));
    }

    @Test
    void printsTheJobAsJson() {
        assertThat(cli.run("submit", "-o", "json", "--name", "n", "echo").out())
                .startsWith("{\"id\":1,\"name\":\"n\",\"tags\":{},\"state\":\"succeeded\"").endsWith("}\n").hasLineCount(1);
    }

    @Test
    void everyOptionReachesTheCoordinator() {
        cli.run("submit", "--env", "A=1", "--env=B=2=3", "--cwd", "/srv", "--name", "näme", "--priority", "-5", "--retries", "3",
                "--timeout", "1h30m", "--grace", "500ms", "--key", "k", "true");

        var spec = job().spec;
        assertThat(spec.command().environment()).containsExactly(new EnvironmentVariable(Bytes.utf8("A"), Bytes.utf8("1")),
                new EnvironmentVariable(Bytes.utf8("B"), Bytes.utf8("2=3")));
        assertThat(spec.command().directory()).isEqualTo(Bytes.utf8("/srv"));
        assertThat(spec.name()).isEqualTo("näme");
        assertThat(spec.order().priority()).isEqualTo(-5);
        assertThat(spec.failure().retries()).isEqualTo(3);
        assertThat(spec.limits().timeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(spec.limits().grace()).isEqualTo(Duration.ofMillis(500));
        assertThat(job().key).isEqualTo("k");
    }

    @Test
    void theOutputOfATaskHasALimit() {
        cli.run("submit", "true");
        assertThat(job().spec.limits().output()).isEqualTo(1L << 30);
        cli.run("submit", "--output-limit", "3M", "true");
        assertThat(coordinator.job(2).spec.limits().output()).isEqualTo(3L << 20);
        assertThat(cli.run("show", "2").out()).contains("output limit  3 MiB a stream\n");
        cli.run("run", "--output-limit", "none", "true");
        assertThat(coordinator.job(3).spec.limits().output()).isEqualTo(Long.MAX_VALUE);
        assertThat(cli.run("show", "3").out()).contains("output limit  none\n");
        assertThat(cli.run("show", "3", "-o", "json").out()).contains("\"outputLimitBytes\":null");
    }

    @Test
    void everythingAfterTheProgramBelongsToTheCommand() {
        cli.run("submit", "--name", "x", "grep", "--name", "-o", "json", "--", "@file", "${HOME}", "'quoted'", "", "submit");

        assertThat(job().spec.command().arguments().stream()
                .map(argument -> argument.fill(new FakeValues(Bytes.EMPTY, 1)).toString()))
                .containsExactly("grep", "--name", "-o", "json", "--", "@file", "${HOME}", "'quoted'", "", "submit");
    }

    @Test
    void aDoubleDashBeforeTheProgramIsNotPartOfTheCommand() {
        cli.run("submit", "--", "--odd-program", "--");

        assertThat(job().spec.command().arguments()).containsExactly(literal("--odd-program"), literal("--"));
    }

    @Test
    void argumentsAreBytes() {
        var odd = Bytes.of((byte) '/', (byte) 0xff, (byte) 0xe4, (byte) ' ', (byte) '\n', (byte) 0x80);
        var outcome = cli.run(List.of(Bytes.utf8("submit"), Bytes.utf8("--cwd"), odd, Bytes.utf8("echo"), odd));

        assertThat(outcome.code()).isZero();
        assertThat(job().spec.command().arguments().getLast()).isEqualTo(Argument.literal(odd));
        assertThat(job().spec.command().directory()).isEqualTo(odd);
    }

    @Test
    void placeholdersAreLiteralInAJobOfOneTask() {
        cli.run("submit", "echo", "{}", "{#}");

        assertThat(job().spec.command().arguments()).containsExactly(literal("echo"), literal("{}"), literal("{#}"));
    }

    @Test
    void anArrayHasATaskForEachIndex() {
        cli.run("submit", "--array", "1-10:3,20", "echo", "{}", "${}");

        assertThat(job().indices.toString()).isEqualTo("1-10:3,20");
        assertThat(job().spec.command().arguments()).containsExactly(literal("echo"),
                new Argument(List.of(new Piece.Entry(false))),
                literal("${}"));
    }

    @Test
    void eachLineOfAFileIsAnEntry(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("lines"), new byte[]{'a', '\n', '\n', (byte) 0xff, '\r', '\n', 'l', 'a', 's', 't'});
        var outcome = cli.run("submit", "--each-line", file.toString(), "echo", "{}", "{#}");

        assertThat(outcome.code()).isZero();
        assertThat(job().entries()).containsExactly(Bytes.utf8("a"), Bytes.EMPTY, Bytes.of((byte) 0xff, (byte) '\r'),
                Bytes.utf8("last"));
        assertThat(job().indices).isEqualTo(Indices.of(1, 4));
    }

    @Test
    void aMillionLinesAreStreamedInSmallChunks() {
        var lines = 1_000_000;
        cli.in = new Lines(lines);
        var outcome = cli.run("submit", "--each-line", "-", "true", "{}");

        assertThat(outcome.code()).isZero();
        assertThat(coordinator.streamedEntries).isEqualTo(lines);
        assertThat(coordinator.largestChunk).isLessThanOrEqualTo(1024 * 1024);
        assertThat(job().total).isEqualTo(lines);
        assertThat(job().entries().get(41)).isEqualTo(Bytes.utf8("line 42 " + "x".repeat(90)));
    }

    /** Makes lines of about 100 bytes as they are read. */
    private static final class Lines extends InputStream {
        private final int count;
        private int number;
        private byte[] line = new byte[0];
        private int at;

        Lines(int count) {
            this.count = count;
        }

        @Override
        public int read() {
            if (at == line.length) {
                if (number == count) {
                    return -1;
                }
                number++;
                line = ("line " + number + " " + "x".repeat(90) + "\n").getBytes(StandardCharsets.US_ASCII);
                at = 0;
            }
            return line[at++];
        }
    }

    @Test
    void aLineThatCannotBeAnEntryIsNamedAndNothingIsSubmitted() {
        var nul = cli.stdin("a\nb\u0000c\n").run("submit", "--each-line", "-", "echo", "{}");
        assertThat(nul.code()).isEqualTo(2);
        assertThat(nul.err()).isEqualTo("ganger: line 2 of the standard input contains a NUL byte, which no argument can hold;"
                + " nothing was submitted; with -0, entries end with NUL\n");

        var longLine = cli.stdin("a\n\n" + "x".repeat(128 * 1024) + "\n").run("submit", "--each-line", "-", "echo", "{}");
        assertThat(longLine.code()).isEqualTo(2);
        assertThat(longLine.err()).startsWith("ganger: line 3 of the standard input is too long").hasLineCount(1);

        assertThat(cli.stdin("x".repeat(128 * 1024 - 1)).run("submit", "--each-line", "-", "true").code()).isZero();
        assertThat(coordinator.jobs).hasSize(1);
    }

    @Test
    void noLinesAreNoEntries() {
        var outcome = cli.stdin("").run("submit", "--each-line", "-", "echo", "{}");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("ganger: no entries: ").hasLineCount(1);
        assertThat(coordinator.jobs).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsAUsageError() {
        var outcome = cli.run("submit", "--each-line", "/nowhere/at all", "echo", "{}");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("ganger: cannot read '/nowhere/at all': no such file\n");
    }

    @Test
    void withWaitTheExitCodeSaysWhetherAllSucceeded() {
        var good = cli.run("submit", "--wait", "true");
        assertThat(good.code()).isZero();
        assertThat(good.out()).isEqualTo("1\n");
        assertThat(good.err()).isEqualTo("ganger: job 1: 1 succeeded in 12.0 s\n");

        var bad = cli.run("submit", "--wait", "-o", "json", "--array", "0-2", "exit", "{}");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).contains("\"state\":\"failed\"").contains("\"succeeded\":1,\"failed\":2").hasLineCount(1);
    }

    @Test
    void aFullQueueIsWaitedForAndSaidOnce() {
        coordinator.limit = 1;
        cli.run("submit", "sleep");
        var second = cli.start("submit", "true");
        coordinator.await(() -> coordinator.waitingSubmits > 0);
        coordinator.finishAll(new Ending.Exited(0));

        var outcome = second.join();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("2\n");
        assertThat(outcome.err()).isEqualTo("ganger: queue full: 1 of 1 task; waiting for room, 1 job ahead\n");
    }

    @Test
    void aFullQueueRefusesWhoDoesNotWait() {
        coordinator.limit = 1;
        cli.run("submit", "sleep");

        assertThat(cli.run("submit", "--no-wait", "true").code()).isEqualTo(6);
        var outcome = cli.run("submit", "--submit-timeout", "10ms", "-o", "json", "true");
        assertThat(outcome.code()).isEqualTo(6);
        assertThat(outcome.err()).isEqualTo("{\"error\":{\"code\":\"queue-full\",\"message\":\"the queue is full\"}}\n");
        assertThat(cli.run("submit", "--submit-timeout", "1s", "--no-wait", "true").code()).isEqualTo(2);
    }

    @Test
    void aBrokenAnswerIsAskedForAgainWithTheSameKey() {
        coordinator.breakingSubmits = 1;
        var outcome = cli.run("submit", "--array", "1-3", "true");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("1\n");
        assertThat(coordinator.jobs).hasSize(1);
    }

    @Test
    void twoSubmitsWithoutAKeyAreTwoJobsAndWithTheSameKeyOne() {
        cli.run("submit", "true");
        cli.run("submit", "true");
        assertThat(coordinator.jobs).hasSize(2);

        assertThat(cli.run("submit", "--key", "k", "true").out()).isEqualTo("3\n");
        assertThat(cli.run("submit", "--key", "k", "true").out()).isEqualTo("3\n");
    }

    @Test
    void aClosedCoordinatorRefuses() {
        cli.run("close");
        var outcome = cli.run("submit", "true");

        assertThat(outcome.code()).isEqualTo(5);
        assertThat(outcome.err()).isEqualTo("ganger: the coordinator is closed; 'ganger open' opens it\n");
    }

    @Test
    void whatIsNoJobIsAUsageError() {
        assertThat(cli.run("submit").err()).isEqualTo("ganger: 'submit' needs COMMAND; see 'ganger submit --help'\n");
        assertThat(cli.run("submit", "").err()).isEqualTo("ganger: a job needs a command\n");
        assertThat(cli.run("submit", "--env", "A", "true").err()).isEqualTo("ganger: --env takes NAME=VALUE, not 'A'\n");
        assertThat(cli.run("submit", "--array", "2,5-1", "true").err()).contains("by steps of 1 or more, not '5-1'");
        assertThat(cli.run("submit", "--output-limit", "x", "true").err())
                .contains("expected a size, for example 64M or 4G, or none, not 'x'").hasLineCount(1);
        assertThat(cli.run("submit", "--array", "1-9%0", "true").code()).isEqualTo(2);
        assertThat(cli.run("submit", "--timeout", "10", "true").err()).contains("not '10'").hasLineCount(1);
        assertThat(cli.run("submit", "--retries", "-1", "true").code()).isEqualTo(2);
        assertThat(cli.run("submit", "--name", "x".repeat(201), "true").code()).isEqualTo(2);
        assertThat(cli.run("submit", "--array", "1-2", "--each-line", "-", "true").code()).isEqualTo(2);
        assertThat(coordinator.jobs).isEmpty();
    }
}
