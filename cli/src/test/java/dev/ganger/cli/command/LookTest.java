package dev.ganger.cli.command;

import dev.ganger.cli.view.Terminal;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.Survivors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LookTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void statusTellsTheWhole() {
        cli.run("submit", "--array", "1-3", "sleep");

        assertThat(cli.run("status").lines()).containsExactly(
                "task queue    3 tasks to start, 3 unfinished of at most 10000000",
                "done queue    0 results, the next gets position 1",
                "output        1.5 MiB on the coordinator's disk",
                "jobs          1 queued, 0 running, 0 succeeded, 0 failed, 0 cancelled",
                "agents        1 alive, 0 unknown; 1 of 4 slots busy",
                "throughput    12.5 results/s",
                "submits       accepted",
                "version       0.1.0");
        assertThat(cli.run("status", "-o", "json").out())
                .isEqualTo("{\"taskQueue\":{\"length\":3,\"limit\":10000000,\"unfinished\":3,"
                        + "\"waitingSubmits\":0},\"doneQueue\":{\"length\":0,\"position\":1},\"outputBytes\":1572864,\"jobs\":{\"queued\":1,\"running\":0,\"succeeded\":0,"
                        + "\"failed\":0,\"cancelled\":0},\"agents\":{\"alive\":1,\"quarantined\":0,\"unknown\":0,\"slots\":{\"total\":4,\"busy\":1}},"
                        + "\"resultsPerSecond\":12.5,\"open\":true,\"stopping\":false,\"version\":\"0.1.0\"}\n");
        assertThat(cli.run("status", "-o", "quiet").out()).isEmpty();
    }

    @Test
    void jobsAreListed() {
        cli.run("submit", "--name", "first", "--array", "0-9", "exit", "{}");
        cli.run("submit", "sleep");

        assertThat(cli.run("jobs").lines()).containsExactly(
                "JOB  STATE   TASKS  QUEUED  ACTIVE  SUCCEEDED  FAILED  CANCELLED  SUBMITTED             NAME",
                "  1  failed     10       0       0          1       9          0  2026-11-01T09:59:50Z  first",
                "  2  queued      1       1       0          0       0          0  2026-11-01T09:59:50Z  -");
        assertThat(cli.run("-o", "quiet", "jobs").out()).isEqualTo("1\n2\n");
        assertThat(cli.run("jobs", "-o", "json").lines()).containsExactly(
                "{\"id\":1,\"name\":\"first\",\"tags\":{},\"state\":\"failed\",\"submittedBy\":\"tester\",\"tasks\":{\"total\":10,\"waiting\":0,"
                        + "\"held\":0,\"queued\":0,\"leased\":0,\"running\":0,\"unknown\":0,\"succeeded\":1,\"failed\":9,\"cancelled\":0},"
                        + "\"submittedAt\":\"2026-11-01T09:59:50.500Z\",\"finishedAt\":\"2026-11-01T10:00:02.500Z\"}",
                "{\"id\":2,\"name\":null,\"tags\":{},\"state\":\"queued\",\"submittedBy\":\"tester\",\"tasks\":{\"total\":1,\"waiting\":0,"
                        + "\"held\":0,\"queued\":1,\"leased\":0,\"running\":0,\"unknown\":0,\"succeeded\":0,\"failed\":0,\"cancelled\":0},"
                        + "\"submittedAt\":\"2026-11-01T09:59:50.500Z\",\"finishedAt\":null}");
    }

    @Test
    void tasksAreListed() {
        cli.stdin("0\nsleep\n").run("submit", "--each-line", "-", "exit", "{}");

        assertThat(cli.run("tasks", "1").lines().getFirst())
                .isEqualTo("TASK  STATE      ATTEMPTS  AGENT   REASON  CODE  STARTED               SECONDS  ENTRY");
        assertThat(cli.run("tasks", "last").out())
                .contains("1.1   succeeded         1  fake-1  exit       0  2026-11-01T10:00:00Z    1.500  0");
        assertThat(cli.run("tasks", "all", "-o", "quiet").out()).isEqualTo("1.1\n1.2\n");
        assertThat(cli.run("tasks", "1.2-9", "-o", "quiet").out()).isEqualTo("1.2\n");
        assertThat(cli.run("tasks", "7").code()).isEqualTo(3);
        assertThat(cli.run("tasks", "7").out()).isEmpty();
    }

    @Test
    void tasksInJsonHaveEveryKey() {
        cli.stdin("0\n").run("submit", "--each-line", "-", "exit", "{}");
        cli.run("submit", "sleep");

        assertThat(cli.run("tasks", "1", "-o", "json").out()).isEqualTo("{\"id\":\"1.1\",\"job\":1,\"index\":1,\"round\":1,"
                + "\"state\":\"succeeded\",\"attempts\":[{\"number\":1,\"agent\":\"fake-1\",\"state\":\"succeeded\","
                + "\"startedAt\":\"2026-11-01T10:00:00.500Z\",\"finishedAt\":\"2026-11-01T10:00:02.000Z\",\"exitCode\":0,\"signal\":null,"
                + "\"reason\":\"exit\",\"reasonText\":\"exited with code 0\"}],\"exitCode\":0,\"signal\":null,\"reason\":\"exit\","
                + "\"reasonText\":\"exited with code 0\",\"agent\":\"fake-1\",\"startedAt\":\"2026-11-01T10:00:00.500Z\","
                + "\"finishedAt\":\"2026-11-01T10:00:02.000Z\",\"entry\":\"0\",\"entryBase64\":null}\n");
        assertThat(cli.run("tasks", "2", "-o", "json").out()).isEqualTo("{\"id\":\"2.1\",\"job\":2,\"index\":1,\"round\":1,"
                + "\"state\":\"queued\",\"attempts\":[],\"exitCode\":null,\"signal\":null,\"reason\":null,\"reasonText\":null,\"agent\":null,"
                + "\"startedAt\":null,\"finishedAt\":null,\"entry\":null,\"entryBase64\":null}\n");
    }

    @Test
    void anEntryThatIsNotUtf8IsBase64() {
        cli.in = new java.io.ByteArrayInputStream(new byte[]{(byte) 0xff, '\n'});
        cli.run("submit", "--each-line", "-", "echo", "{}");

        assertThat(cli.run("tasks", "1", "-o", "json").out()).contains("\"entry\":null,\"entryBase64\":\"/w==\"");
    }

    @Test
    void aResultInJsonHasEveryKey() {
        cli.run("submit", "missing");
        cli.run("submit", "kill", "15");

        var none = "{\"bytes\":0,\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"dropped\":0}";
        assertThat(cli.run("results", "-o", "json").lines()).containsExactly(
                "{\"position\":1,\"task\":\"1.1\",\"job\":1,\"index\":1,\"round\":1,\"attempt\":1,\"state\":\"failed\",\"exitCode\":null,"
                        + "\"signal\":null,\"reason\":\"cannot-start\",\"reasonText\":\"no such program: missing\",\"agent\":\"fake-1\",\"pid\":null,"
                        + "\"startedAt\":null,\"finishedAt\":\"2026-11-01T10:00:00.500Z\",\"cpuUserSeconds\":null,\"cpuSystemSeconds\":null,"
                        + "\"maxRssBytes\":null,\"strays\":0,\"notEnded\":{\"count\":0,\"processes\":[]},\"stdout\":" + none
                        + ",\"stderr\":" + none + "}",
                "{\"position\":2,\"task\":\"2.1\",\"job\":2,\"index\":1,\"round\":1,\"attempt\":1,\"state\":\"failed\",\"exitCode\":null,"
                        + "\"signal\":15,\"reason\":\"signal\",\"reasonText\":\"ended by signal 15 (TERM)\",\"agent\":\"fake-1\",\"pid\":4711,"
                        + "\"startedAt\":\"2026-11-01T10:00:00.500Z\",\"finishedAt\":\"2026-11-01T10:00:02.000Z\",\"cpuUserSeconds\":0.25,"
                        + "\"cpuSystemSeconds\":0.05,\"maxRssBytes\":1024,\"strays\":0,\"notEnded\":{\"count\":0,\"processes\":[]},\"stdout\":"
                        + none + ",\"stderr\":" + none
                        + "}");
    }

    @Test
    void whatCouldNotBeEndedIsNamed() {
        cli.run("submit", "sleep");
        var run = new Run(1, Instant.EPOCH, Instant.EPOCH, new Ending.Cancelled(""), Duration.ZERO, Duration.ZERO, 0, 0,
                StreamOutput.NOTHING, StreamOutput.NOTHING, new Survivors(3, List.of(new Survivors.Survivor(4711, "rsync"))));
        coordinator.finish(coordinator.job(1), 1, run);

        assertThat(cli.run("show", "1.1").out()).contains("not ended", "4711 (rsync) and 2 more: of another user, or stuck");
        assertThat(cli.run("show", "1.1", "-o", "json").out())
                .contains("\"notEnded\":{\"count\":3,\"processes\":[{\"pid\":4711,\"command\":\"rsync\"}]}");
        assertThat(cli.run("results", "-o", "json").out()).contains("\"notEnded\":{\"count\":3,");
        assertThat(cli.run("results", "--format", "csv").out()).contains(",notEnded.count,stdout.bytes,").contains(",0,3,0,e3b0");
    }

    @Test
    void whatIsNotKnownOrNotKeptIsSaid() {
        cli.run("submit", "much", "abc");
        var run = coordinator.results.getFirst().run();
        assertThat(cli.run("show", "1.1").out()).contains("103 bytes, 100 not kept: from 1 to 101, sha256").contains("max rss");

        cli.run("submit", "sleep");
        coordinator.finish(coordinator.job(2), 1, new Run(1, run.startedAt(), run.finishedAt(), run.ending(), run.cpuUser(),
                run.cpuSystem(), 0, 0, StreamOutput.NOTHING, StreamOutput.NOTHING));
        assertThat(cli.run("show", "2.1").out()).doesNotContain("max rss");
        assertThat(cli.run("results", "2", "-o", "json").out()).contains("\"maxRssBytes\":null");
    }

    @Test
    void agentsAreListed() {
        assertThat(cli.run("agents").lines()).containsExactly(
                "NAME    STATE  SLOTS  BUSY  PID  VERSION  SEEN                  LABELS  REASON",
                "fake-1  alive      4     1   99  0.1.0    2026-11-01T10:00:00Z  -       -");
        assertThat(cli.run("agents", "-o", "json").out()).isEqualTo("{\"name\":\"fake-1\","
                + "\"instance\":\"00000000-0000-0001-0000-000000000002\",\"state\":\"alive\",\"reason\":null,\"pid\":99,\"slots\":{\"total\":4,\"busy\":1},"
                + "\"labels\":{},\"version\":\"0.1.0\",\"lastSeenAt\":\"2026-11-01T10:00:00.500Z\",\"running\":[\"1.1\"]}\n");
    }

    @Test
    void aJobIsShownWithItsCommand() {
        cli.run("submit", "--array", "0-1", "--env", "A=b c", "--timeout", "90s", "--retries", "2", "exit", "{}");

        assertThat(cli.run("show", "1").lines()).containsExactly(
                "job           1",
                "state         failed",
                "tasks         2 in all, 1 succeeded, 1 failed",
                "submitted     2026-11-01T09:59:50.500Z",
                "submitted by  tester",
                "finished      2026-11-01T10:00:02.500Z",
                "took          12.0 s",
                "command       exit {}",
                "environment   A=b c",
                "priority      0",
                "retries       2",
                "crash limit   5",
                "timeout       1 min 30 s",
                "grace         10.0 s",
                "output limit  1 GiB a stream");
        assertThat(cli.run("show", "last", "-o", "json").out()).contains("\"spec\":{\"command\":[\"exit\",\"{}\"],"
                + "\"environment\":{\"A\":\"b c\"},\"cwd\":null,\"inputBytes\":0,\"priority\":0,\"maxRunning\":null,"
                + "\"agent\":null,\"retries\":2,\"retryOn\":null,\"backoffMinSeconds\":null,\"backoffMaxSeconds\":null,"
                + "\"maxFailures\":null,\"crashLimit\":5,\"timeoutSeconds\":90.0,\"graceSeconds\":10.0,"
                + "\"outputLimitBytes\":1073741824}");
    }

    @Test
    void aTaskIsShownWithItsAttempts() {
        cli.run("submit", "echo", "hello");

        assertThat(cli.run("show", "1.1").lines()).containsExactly(
                "task          1.1",
                "state         succeeded",
                "round         1",
                "agent         fake-1",
                "attempt 1 on fake-1: succeeded",
                "  ended       exited with code 0",
                "  pid         4711",
                "  started     2026-11-01T10:00:00.500Z",
                "  finished    2026-11-01T10:00:02.000Z",
                "  took        1.5 s",
                "  cpu         0.250 s user, 0.050 s system",
                "  max rss     1024 bytes",
                "  stdout      5 bytes, sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "  stderr      0 bytes, sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(cli.run("show", "last.1", "-o", "json").out()).contains("\"pid\":4711").contains("\"stdout\":{\"bytes\":5,");
        assertThat(cli.run("show", "1.1", "-o", "quiet").out()).isEqualTo("1.1\n");
    }

    @Test
    void whatIsNotThereIsThree() {
        assertThat(cli.run("show", "1").code()).isEqualTo(3);
        cli.run("submit", "true");
        assertThat(cli.run("show", "1.9").err()).isEqualTo("ganger: no such task: 1.9\n");
        assertThat(cli.run("show", "1.9").code()).isEqualTo(3);
        assertThat(cli.run("show", "1.8-9").err())
                .isEqualTo("ganger: job 1 has no task 8-9; 'ganger tasks 1' lists those it has\n");
        assertThat(cli.run("show", "1.8-9").code()).isEqualTo(3);
        assertThat(cli.run("tasks", "1.9").code()).isEqualTo(3);
        assertThat(cli.run("show").code()).isEqualTo(2);
        assertThat(cli.run("show").err())
                .isEqualTo("ganger: 'show' needs a job, for example 'ganger show last', or --state, --name or"
                        + " --tag; see 'ganger show --help'\n");
    }

    @Test
    void controlCharactersInNamesAreHarmless() {
        cli.run("submit", "--name", "a\u001b[31mred\nline\u202egpj", "true");

        assertThat(cli.run("jobs").out()).contains("a\\x1b[31mred\\x0aline\\u202egpj").hasLineCount(2);
        assertThat(cli.run("show", "1").out()).contains("a\\x1b[31mred\\x0aline\\u202egpj");
    }

    @Test
    void aTableFitsATerminalAndNowhereElseIsCut() {
        cli.run("submit", "--name", "long ".repeat(40).strip(), "true");

        assertThat(cli.run("jobs").out()).contains("long ".repeat(40).strip());
        cli.terminal = new Terminal(true, false, () -> 110);
        assertThat(cli.run("jobs", "--no-color").lines()).allMatch(line -> line.length() <= 110).last().asString().endsWith("…");
    }

    @Test
    void statesAreColouredOnATerminalUnlessNotWanted() {
        cli.run("submit", "true");
        assertThat(cli.run("jobs").out()).doesNotContain("\u001b");

        cli.terminal = new Terminal(true, false, () -> 200);
        assertThat(cli.run("jobs").out()).contains("\u001b[32msucceeded\u001b[0m");
        assertThat(cli.run("jobs", "--no-color").out()).doesNotContain("\u001b");
        cli.environment.put("NO_COLOR", "1");
        assertThat(cli.run("jobs").out()).doesNotContain("\u001b");
    }

    @Test
    void bytesThatAreNotUtf8AreShownReplaced() {
        cli.run(List.of(Bytes.utf8("submit"), Bytes.utf8("echo"), Bytes.of((byte) 0xff)));

        assertThat(cli.run("show", "1").out()).contains("command       echo '\ufffd'");
    }
}
