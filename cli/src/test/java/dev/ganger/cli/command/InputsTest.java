package dev.ganger.cli.command;

import dev.ganger.model.Argument;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.CodeRange;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.Piece;
import dev.ganger.model.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a job's tasks are and what they are given: each option, as it reaches the coordinator. */
final class InputsTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);
    private final Path folder;

    InputsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    private FakeJob submitted(String... words) {
        var outcome = cli.run(words);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return coordinator.jobs.lastEntry().getValue();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static Argument literal(String text) {
        return Argument.literal(Bytes.utf8(text));
    }

    @Test
    void anArrayMaySayHowManyRunAtOnce() {
        var job = submitted("submit", "--array", "0-9:3,20%4", "echo");
        assertThat(job.indices.toString()).isEqualTo("0-9:3,20");
        assertThat(job.spec.order().maxRunning()).isEqualTo(4);
        assertThat(submitted("submit", "--array", "1-9", "--max-running", "2", "echo").spec.order().maxRunning()).isEqualTo(2);
        assertThat(submitted("submit", "echo").spec.order().maxRunning()).isZero();
    }

    @Test
    void entriesMayEndWithNul() {
        cli.in = new ByteArrayInputStream("a\nb\0\0c".getBytes(StandardCharsets.UTF_8));
        assertThat(submitted("submit", "--each-line", "-", "-0", "echo").entries())
                .containsExactly(Bytes.utf8("a\nb"), Bytes.EMPTY, Bytes.utf8("c"));
    }

    @Test
    void entriesMayBeJson() {
        var job = cli.stdin("[{\"host\": \"h1\"},\n \"h2\", 7]");
        assertThat(submitted("submit", "--from-json", "-", "echo", "{}", "{#}").entries())
                .containsExactly(Bytes.utf8("{\"host\":\"h1\"}"), Bytes.utf8("h2"), Bytes.utf8("7"));
        assertThat(job).isSameAs(cli);
    }

    @Test
    void fieldsArePlaceholdersOfJsonOnly() throws IOException {
        var lines = file("hosts.json", "{\"host\":\"h1\",\"port\":1}\n{\"host\":\"h2\",\"port\":2}\n");
        assertThat(submitted("submit", "--from-json", lines, "ping", "{.host}:{.port}").spec.command().arguments())
                .containsExactly(literal("ping"), new Argument(List.of(new Piece.Field("host", false),
                        new Piece.Literal(Bytes.utf8(":")), new Piece.Field("port", false))));
        assertThat(submitted("submit", "--each-line", lines, "ping", "{.host}").spec.command().arguments())
                .containsExactly(literal("ping"), literal("{.host}"));
    }

    @Test
    void aTaskForEachAgent() {
        var job = submitted("submit", "--each-agent", "echo", "{#}");
        assertThat(job.total).isEqualTo(1);
        assertThat(job.spec.command().arguments().getLast()).isEqualTo(new Argument(List.of(new Piece.Index())));
    }

    @Test
    void aJobForOneAgentIsSubmittedEvenIfItIsNotThere() {
        var outcome = cli.run("submit", "--on", "late", "echo");
        assertThat(outcome.out()).isEqualTo("1\n");
        assertThat(outcome.err()).isEqualTo("ganger: no agent 'late' is known now; job 1 waits for it\n");
        assertThat(coordinator.job(1).spec.order().agent()).isEqualTo("late");
        assertThat(cli.run("submit", "--on", "fake-1", "echo").err()).isEmpty();
    }

    @Test
    void aShellGetsTheWordsJoinedAndTheValuesQuoted() {
        assertThat(submitted("submit", "--shell", "echo a", "| wc {}").spec.command().arguments())
                .containsExactly(literal("/bin/sh"), literal("-c"), literal("echo a | wc {}"));
        assertThat(submitted("submit", "--shell", "--array", "1-2", "echo {} ${} {#}").spec.command().arguments().getLast())
                .isEqualTo(new Argument(List.of(new Piece.Literal(Bytes.utf8("echo ")), new Piece.Entry(true),
                        new Piece.Literal(Bytes.utf8(" ${} ")), new Piece.Index())));
    }

    @Test
    void placeholdersCanBeSwitchedOff() {
        assertThat(submitted("submit", "--array", "1-2", "--no-placeholders", "echo", "{}", "{#}").spec.command().arguments())
                .containsExactly(literal("echo"), literal("{}"), literal("{#}"));
    }

    @Test
    void tasksReadWhatTheyAreGiven() throws IOException {
        var file = file("input", "\0some\ninput");
        assertThat(submitted("submit", "--stdin", file, "cat").spec.command().input()).isEqualTo(Bytes.utf8("\0some\ninput"));
        cli.in = new ByteArrayInputStream(new byte[1 << 20]);
        assertThat(submitted("submit", "--stdin", "-", "cat").spec.command().input().size()).isEqualTo(1 << 20);
        assertThat(submitted("submit", "cat").spec.command().input()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void variablesComeFromFilesAndOptionsWin() throws IOException {
        var file = folder.resolve("env");
        Files.write(file,
                new byte[]{'#', ' ', 'A', '\n', '\n', ' ', '#', '\n', 'A', '=', '1', '=', ' ', (byte) 0xff, '\n', 'B', '='});
        assertThat(submitted("submit", "--env", "B=2", "--env-file", file.toString(), "env").spec.command().environment())
                .containsExactly(
                        new EnvironmentVariable(Bytes.utf8("A"), Bytes.of((byte) '1', (byte) '=', (byte) ' ', (byte) 0xff)),
                        new EnvironmentVariable(Bytes.utf8("B"), Bytes.EMPTY),
                        new EnvironmentVariable(Bytes.utf8("B"), Bytes.utf8("2")));
    }

    @Test
    void whatFollowsFailuresReachesTheCoordinator() {
        var spec = submitted("submit", "--retries", "3", "--retry-on", "75,100-110", "--backoff", "1s..1m", "--max-failures", "0",
                "--crash-limit", "0", "--tag", "a=1", "--tag", "b=", "--tag", "c=x=y", "true").spec;
        assertThat(spec.failure().retryOn()).containsExactly(new CodeRange(75, 75), new CodeRange(100, 110));
        assertThat(spec.failure().backoff()).isEqualTo(new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThat(spec.failure().maxFailures()).isZero();
        assertThat(spec.failure().crashLimit()).isZero();
        assertThat(spec.tags()).containsExactly(new Tag("a", "1"), new Tag("b", ""), new Tag("c", "x=y"));

        var usual = submitted("submit", "--retries", "1", "--backoff", "5s", "true").spec.failure();
        assertThat(usual.backoff()).isEqualTo(new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5)));
        assertThat(usual.maxFailures()).isNull();
        assertThat(usual.crashLimit()).isEqualTo(5);
    }

    @Test
    void runTakesTheSameOptions() {
        cli.stdin("[{\"x\":\"a b\"}]");
        assertThat(submitted("run", "--from-json", "-", "--shell", "--name", "n", "--tag", "k=v", "--max-running", "1",
                "echo {.x}").spec
                .command().arguments().getLast()).isEqualTo(
                        new Argument(List.of(new Piece.Literal(Bytes.utf8("echo ")), new Piece.Field("x", true))));
    }

    @Test
    void aDryRunNeedsNoCoordinator() throws IOException {
        coordinator.close();
        var input = file("in put", "x");
        var one = cli.run("submit", "--dry-run", "--cwd", "/srv/a b", "--env", "A=1 2", "--stdin", input, "--on", "x", "grep",
                "it's", "{}");
        assertThat(one.code()).isZero();
        assertThat(one.out()).isEqualTo("cd '/srv/a b' && A='1 2' grep 'it'\\''s' '{}' < '" + input + "'  # on agent x\n");
        assertThat(one.err()).isEqualTo("ganger: 1 task; nothing was submitted\n");

        var many = cli.run("run", "--dry-run", "--array", "5-1000:5", "echo", "{}");
        assertThat(many.lines()).hasSize(10).startsWith("echo 5", "echo 10");
        assertThat(many.err()).isEqualTo("ganger: 200 tasks, of which the first 10 are shown; nothing was submitted\n");

        cli.stdin("{\"x\":\"a b\"}\n{\"x\":[1, 2]}\n");
        assertThat(cli.run("submit", "--dry-run", "--from-json", "-", "--shell", "echo {.x}").lines())
                .containsExactly("/bin/sh -c 'echo '\\''a b'\\'''", "/bin/sh -c 'echo '\\''[1,2]'\\'''");
        cli.stdin("a\u001bb\n");
        assertThat(cli.run("submit", "--dry-run", "--each-line", "-", "echo", "{}").out()).isEqualTo("echo 'a\\x1bb'\n");
        assertThat(cli.run("submit", "--dry-run", "-o", "json", "--env", "A=1", "echo", "x").out()).isEqualTo(
                "{\"index\":1,\"agent\":null,\"command\":[\"echo\",\"x\"],\"environment\":{\"A\":\"1\"},\"directory\":null,\"inputBytes\":0}\n");
        assertThat(cli.run("submit", "--dry-run", "--each-agent", "true").code()).as("only this one asks").isEqualTo(4);
        assertThat(coordinator.jobs).isEmpty();
    }

    @Test
    void aDryRunForEachAgentShowsThem() {
        coordinator.agentArrives();
        assertThat(cli.run("submit", "--dry-run", "--each-agent", "echo", "{#}").out())
                .isEqualTo("echo 1  # on agent fake-1\necho 2  # on agent late\n");
        coordinator.agents.clear();
        assertThat(cli.run("submit", "--dry-run", "--each-agent", "echo").code()).isEqualTo(5);
        assertThat(coordinator.jobs).isEmpty();
    }

    @Test
    void aFileIsReadAgainWhenTheConnectionBreaks() throws IOException {
        coordinator.breakingStreams = 2;
        var outcome = cli.run("submit", "--each-line", file("lines", "a\nb\n"), "echo", "{}");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(coordinator.jobs).hasSize(1);
        assertThat(coordinator.job(1).entries()).containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
    }

    @Test
    void theStandardInputCannotBeReadAgain() {
        coordinator.breakingStreams = 1;
        var outcome = cli.stdin("a\nb\n".repeat(2_000_000)).run("submit", "--each-line", "-", "echo", "{}");
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).startsWith("ganger: lost the coordinator at ").endsWith("; nothing was queued\n")
                .hasLineCount(1);
        assertThat(coordinator.jobs).isEmpty();

        coordinator.breakingSubmits = 1;
        assertThat(cli.stdin("a\n").run("submit", "--each-line", "-", "echo").err())
                .endsWith("; 'ganger jobs' tells whether the job was queued\n");
    }

    @Test
    void onATerminalARunSaysWhichJobItIs() {
        cli.terminal = new dev.ganger.cli.view.Terminal(true, true, () -> 80);
        assertThat(cli.run("run", "true").err()).isEqualTo("ganger: job 1\n");
        assertThat(cli.run("run", "--array", "1-3", "true").err()).isEqualTo("ganger: job 2: 3 tasks\n");
        assertThat(cli.run("run", "-o", "json", "true").err()).isEmpty();
        assertThat(cli.run("run", "-o", "quiet", "true").err()).isEmpty();
    }
}
