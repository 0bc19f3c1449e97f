package dev.ganger.cli.view;

import dev.ganger.model.Attempt;
import dev.ganger.model.Bytes;
import dev.ganger.model.Run;
import dev.ganger.model.Task;
import dev.ganger.model.TaskState;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How tasks are shown. */
public final class Tasks {
    public static final Shape<Task> SHAPE = new Shape<>(List.of(
            Column.word("TASK", Task::id),
            Column.state("STATE", task -> Words.word(task.state())),
            Column.number("ATTEMPTS", 4, task -> task.attempts().size()),
            Column.wide("AGENT", 2, Tasks::agent),
            Column.word("REASON", 3, Tasks::reason),
            Column.number("CODE", 1, task -> Runs.code(run(task))),
            Column.word("STARTED", 6, task -> Words.shortTime(startedAt(task))),
            Column.number("SECONDS", 5, task -> Runs.seconds(run(task))),
            Column.wide("ENTRY", Task::entry)), (json, task) -> write(json, task, false), task -> task.id().toString());

    private Tasks() {}

    /** Where it is or how it ended; of a task that waits to start, the attempts are past. */
    private static @Nullable Attempt last(Task task) {
        return switch (task.state()) {
            case WAITING, HELD, QUEUED -> null;
            case LEASED, RUNNING, UNKNOWN, SUCCEEDED, FAILED, CANCELLED, LOST ->
                task.attempts().isEmpty() ? null : task.attempts().getLast();
        };
    }

    private static @Nullable Run run(Task task) {
        var last = last(task);
        return last == null ? null : last.run();
    }

    private static @Nullable String agent(Task task) {
        var last = last(task);
        return last == null ? null : Jobs.known(last.agent());
    }

    private static @Nullable String reason(Task task) {
        var run = run(task);
        if (run != null && task.state().isFinal()) {
            return Words.reason(run.ending());
        }
        return task.state() == TaskState.CANCELLED ? "cancelled" : null;
    }

    private static java.time.@Nullable Instant startedAt(Task task) {
        var last = last(task);
        return last == null ? null : last.startedAt();
    }

    private static void write(Json json, Task task, boolean detailed) {
        var run = run(task);
        var ended = run != null && task.state().isFinal() ? run : null;
        json.text("id", task.id().toString())
                .number("job", task.id().job())
                .number("index", task.id().index())
                .number("round", task.round())
                .text("state", Words.word(task.state()))
                .objects("attempts", task.attempts(), (each, attempt) -> writeAttempt(each, attempt, detailed))
                .number("exitCode", ended == null ? null : Words.exitCode(ended.ending()))
                .number("signal", ended == null ? null : Words.signal(ended.ending()))
                .text("reason", reason(task))
                .text("reasonText", ended == null ? null : Words.sentence(ended.ending()))
                .text("agent", agent(task))
                .text("startedAt", Words.time(startedAt(task)))
                .text("finishedAt", ended == null ? null : Words.time(ended.finishedAt()));
        writeEntry(json, task.entry());
    }

    private static void writeAttempt(Json json, Attempt attempt, boolean detailed) {
        var run = attempt.run();
        json.number("number", attempt.number())
                .text("agent", Jobs.known(attempt.agent()))
                .text("state", Words.word(attempt.state()))
                .text("startedAt", Words.time(attempt.startedAt()))
                .text("finishedAt", run == null ? null : Words.time(run.finishedAt()));
        Runs.writeEnding(json, run == null ? null : run.ending());
        if (detailed) {
            json.number("pid", Runs.pid(attempt.pid()));
            Runs.writeMeasures(json, run);
        }
    }

    private static void writeEntry(Json json, @Nullable Bytes entry) {
        var utf8 = entry != null && entry.isUtf8();
        json.text("entry", entry != null && utf8 ? entry.toString() : null)
                .text("entryBase64", entry != null && !utf8 ? Base64.getEncoder().encodeToString(entry.toByteArray()) : null);
    }

    /** tasks 42.1-50: 48 succeeded, 2 failed; of only one that did not succeed also why. */
    public static String summary(String id, Map<TaskState, Long> ended, Task last) {
        if (ended.values().stream().mapToLong(Long::longValue).sum() == 1) {
            var run = run(last);
            return "task " + id + ": " + Words.word(last.state())
                    + (run == null || last.state() == TaskState.SUCCEEDED ? "" : ", " + Words.sentence(run.ending()));
        }
        var text = new StringBuilder("tasks " + id + ": " + ended.getOrDefault(TaskState.SUCCEEDED, 0L) + " succeeded");
        for (var state : List.of(TaskState.FAILED, TaskState.CANCELLED)) {
            text.append(ended.containsKey(state) ? ", " + ended.get(state) + " " + Words.word(state) : "");
        }
        return text.toString();
    }

    /** A task with all its attempts. */
    public static void show(Output output, Task task) {
        output.one(task, Tasks::describe, (json, each) -> write(json, each, true), task.id().toString());
    }

    private static void describe(Fields fields, Task task) {
        fields.add("task", task.id())
                .add("state", Words.word(task.state()))
                .add("round", task.round())
                .add("entry", task.entry())
                .add("agent", agent(task));
        for (var attempt : task.attempts()) {
            fields.part("attempt " + attempt.number() + " on " + attempt.agent() + ": " + Words.word(attempt.state()),
                    part -> describe(part, attempt));
        }
    }

    private static void describe(Fields fields, Attempt attempt) {
        if (attempt.run() != null) {
            Runs.describe(fields, attempt.run());
        } else {
            fields.add("pid", Runs.pid(attempt.pid())).add("started", Words.time(attempt.startedAt()));
        }
    }
}
