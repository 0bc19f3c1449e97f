package dev.ganger.cli.command;

import dev.ganger.model.Attempt;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Indices;
import dev.ganger.model.Job;
import dev.ganger.model.JobSpec;
import dev.ganger.model.JobState;
import dev.ganger.model.Run;
import dev.ganger.model.Task;
import dev.ganger.model.TaskCounts;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job of the fake coordinator; of a large one only the beginning is kept. */
final class FakeJob {
    static final int KEPT = 2000;

    final long id;
    final JobSpec spec;
    final String key;
    final long total;
    private final @Nullable List<Bytes> entries;
    final Indices indices;
    final TreeMap<Long, Run> runs = new TreeMap<>();

    FakeJob(long id, JobSpec spec, String key, Indices indices, @Nullable List<Bytes> entries) {
        this.id = id;
        this.spec = spec;
        this.key = key;
        this.indices = indices;
        this.entries = entries;
        this.total = indices.count();
    }

    List<Bytes> entries() {
        return entries == null ? List.of() : entries;
    }

    Bytes input(long index) {
        return entries == null
                ? Bytes.of(Long.toString(index).getBytes(StandardCharsets.US_ASCII))
                : entries.get((int) index - 1);
    }

    Job view() {
        var succeeded = runs.values().stream().filter(run -> run.ending().succeeded()).count();
        var cancelled = runs.values().stream().filter(run -> run.ending() instanceof Ending.Cancelled).count();
        var failed = runs.size() - succeeded - cancelled;
        var left = total - runs.size();
        var state = left > 0
                ? runs.isEmpty() ? JobState.QUEUED : JobState.RUNNING
                : failed > 0
                        ? JobState.FAILED
                        : cancelled > 0 ? JobState.CANCELLED : JobState.SUCCEEDED;
        return new Job(id, spec.name(), spec.tags(), state, TaskCounts.of(left, 0, succeeded, failed, cancelled), "tester",
                Endings.START.minusSeconds(10), left > 0 ? null : Endings.START.plusSeconds(2));
    }

    Task task(long index) {
        var run = runs.get(index);
        var entry = entries == null ? null : input(index);
        if (run == null) {
            return new Task(new TaskId(id, index), 1, TaskState.QUEUED, List.of(), entry);
        }
        return new Task(new TaskId(id, index), 1, state(run),
                List.of(Attempt.ended(1, "fake-1", state(run), run.withoutOutput())),
                entry);
    }

    static TaskState state(Run run) {
        return switch (run.ending()) {
            case Ending.Cancelled _ -> TaskState.CANCELLED;
            case Ending.Exited(var code) -> code == 0 ? TaskState.SUCCEEDED : TaskState.FAILED;
            case Ending.Signaled _,Ending.TimedOut _,Ending.CannotStart _,Ending.Lost _ -> TaskState.FAILED;
        };
    }
}
