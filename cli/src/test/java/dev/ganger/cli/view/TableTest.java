package dev.ganger.cli.view;

import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import dev.ganger.model.Attempt;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Job;
import dev.ganger.model.JobState;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.Task;
import dev.ganger.model.TaskCounts;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tables fit any terminal whatever stands in them, and in a pipe each row has the columns of the header. */
final class TableTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final int NARROWEST = 20;
    private static final int WIDEST = 200;

    private static final List<String> HOSTILE = List.of("", " ", "   ", "a b", "\t", "line\nline", "\u001b[31mred\u001b[0m",
            "\u0007\u0000\u007f\u009b",
            "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", "e\u0301".repeat(60), "\u0301\u0301", "👩‍👩‍👧‍👦 family", "\u202egpj.exe", "\u2028\u2029",
            "\u061c\u2066x",
            "long ".repeat(40), "x".repeat(200), "\ud800", "-", "'\"\\", "a\u00a0b", "\ufeffbom", "الاسم العربي");

    private static List<Job> jobs() {
        var jobs = new ArrayList<Job>();
        for (var name : HOSTILE) {
            var id = jobs.isEmpty() ? 1 : 1_000_000_000_000L;
            jobs.add(
                    new Job(id, name, List.of(), JobState.SUCCEEDED, TaskCounts.of(1, 2, 1_000_000_000, 4, 5), name, NOON, null));
        }
        return jobs;
    }

    private static List<Task> tasks() {
        return HOSTILE.stream().map(name -> new Task(new TaskId(1, 1), 1, TaskState.CANCELLED,
                List.of(Attempt.ended(1, name, TaskState.CANCELLED, run())), Bytes.utf8(name))).toList();
    }

    private static List<Result> results() {
        return HOSTILE.stream()
                .map(name -> new Result(1_000_000_000, new TaskId(1_000_000, 1_000_000), 1, 1, TaskState.FAILED, name, run(),
                        List.of(), NOON))
                .toList();
    }

    private static List<Agent> agents() {
        return HOSTILE.stream()
                .map(name -> new Agent(new AgentId(name.isBlank() ? "n" : name, new UUID(1, 2), 1), Agent.State.DRAINING,
                        1_000_000, 10_000,
                        List.of(), 10_000, "0.1.0-SNAPSHOT", NOON, new TreeMap<>(Map.of(name, name)), name))
                .toList();
    }

    private static Run run() {
        return Run.unseen(NOON, new Ending.CannotStart(Ending.Obstacle.OTHER, ""));
    }

    private static <T> String print(Shape<T> shape, List<T> rows, int width, boolean colours) {
        var out = new ByteArrayOutputStream();
        var output = new Output(out, out, Format.TABLE, new Terminal(width > 0, width > 0, () -> width), colours);
        var listing = output.list(shape);
        rows.forEach(listing::add);
        listing.end();
        output.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static <T> void assertFitsEveryTerminal(Shape<T> shape, List<T> rows) {
        for (var width = NARROWEST; width <= WIDEST; width++) {
            var plain = print(shape, rows, width, false);
            assertThat(plain.lines()).as("%d columns", width).hasSize(rows.size() + 1);
            for (var line : plain.lines().toList()) {
                assertThat(Width.of(line)).as("%d columns: '%s'", width, line).isLessThanOrEqualTo(width);
                assertThat(line).isEqualTo(Harmless.text(line));
            }
            assertThat(print(shape, rows, width, true).replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
        }
    }

    private static <T> void assertHasTheColumnsOfItsHeader(Shape<T> shape, List<T> rows) {
        var lines = print(shape, rows, 0, true).lines().toList();
        assertThat(lines).hasSize(rows.size() + 1);
        var titles = lines.getFirst().strip().split(" +").length;
        for (var line : lines) {
            var fields = line.strip().split(" +");
            assertThat(fields.length).as(line).isGreaterThanOrEqualTo(titles);
            assertThat(List.of(fields).subList(0, titles - 1)).doesNotContain("");
        }
    }

    @Test
    void everyTableFitsEveryTerminal() {
        assertFitsEveryTerminal(Jobs.SHAPE, jobs());
        assertFitsEveryTerminal(Tasks.SHAPE, tasks());
        assertFitsEveryTerminal(Results.SHAPE, results());
        assertFitsEveryTerminal(Agents.SHAPE, agents());
    }

    @Test
    void inAPipeEachRowHasTheColumnsOfTheHeader() {
        assertHasTheColumnsOfItsHeader(Jobs.SHAPE, jobs());
        assertHasTheColumnsOfItsHeader(Tasks.SHAPE, tasks());
        assertHasTheColumnsOfItsHeader(Results.SHAPE, results());
        assertHasTheColumnsOfItsHeader(Agents.SHAPE, agents());
        assertThat(print(Jobs.SHAPE, jobs(), 0, false)).contains("x".repeat(200));
    }

    @Test
    void anEmptyTableHasItsHeader() {
        assertThat(print(Jobs.SHAPE, List.of(), 0, false)).startsWith("JOB  STATE").hasLineCount(1);
        assertThat(print(Results.SHAPE, List.of(), 80, false)).startsWith("POSITION  TASK").hasLineCount(1);
    }

    @Test
    void onANarrowTerminalTheLeastImportantColumnGoesFirst() {
        var rows = List
                .of(new Job(42, "a name that is somewhat long", List.of(), JobState.RUNNING, TaskCounts.of(1, 2, 3, 4, 5), "",
                        NOON, null));

        assertThat(print(Jobs.SHAPE, rows, 80, false).lines()).containsExactly(
                "JOB  STATE    TASKS  QUEUED  ACTIVE  SUCCEEDED  FAILED  CANCELLED  NAME",
                " 42  running     15       1       2          3       4          5  a name that …");
        assertThat(print(Jobs.SHAPE, rows, 40, false).lines().toList().getLast())
                .isEqualTo(" 42  running     15       4  a name tha…");
        assertThat(print(Jobs.SHAPE, rows, 0, false)).contains("2026-11-01T12:00:00Z  a name that is somewhat long");
    }

    @Test
    void aRowThatIsWiderThanThoseBeforeStillFits() {
        var rows = new ArrayList<Job>();
        for (var id = 1; id < 1500; id++) {
            rows.add(new Job(id, "n", List.of(), JobState.QUEUED, TaskCounts.of(1, 0, 0, 0, 0), "", NOON, null));
        }
        rows.add(new Job(1_000_000_000_000L, "x".repeat(50), List.of(), JobState.SUCCEEDED, TaskCounts.of(0, 0, 10_000_000, 0, 0),
                "", NOON,
                NOON));
        var lines = print(Jobs.SHAPE, rows, 70, false).lines().toList();
        assertThat(lines).hasSize(1501).allMatch(line -> line.length() <= 70);
        assertThat(lines.getLast()).startsWith("1000000000000  succeeded");
    }
}
