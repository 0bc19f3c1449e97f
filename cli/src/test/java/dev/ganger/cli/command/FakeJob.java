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
import dev.ganger.wire.ViewsToWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    final Set<Long> held = new TreeSet<>();
    /** Tasks that an agent is said to run. */
    final Set<Long> running = new TreeSet<>();
    private final Map<Long, Integer> rounds = new HashMap<>();
    private final Map<Long, List<Attempt>> past = new HashMap<>();

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
        var holding = held.stream().filter(index -> state(index) == TaskState.HELD).count();
        var active = running.stream().filter(index -> state(index) == TaskState.RUNNING).count();
        var state = left > 0
                ? runs.isEmpty() && active == 0 ? JobState.QUEUED : JobState.RUNNING
                : failed > 0
                        ? JobState.FAILED
                        : cancelled > 0 ? JobState.CANCELLED : JobState.SUCCEEDED;
        return new Job(id, spec.name(), spec.tags(), state,
                new TaskCounts(0, holding, left - holding - active, 0, active, 0, succeeded, failed, cancelled), "tester",
                Endings.START.minusSeconds(10), left > 0 ? null : Endings.START.plusSeconds(2));
    }

    Task task(long index) {
        var entry = entries == null ? null : input(index);
        var attempts = new ArrayList<>(past(index));
        var run = runs.get(index);
        if (run != null) {
            attempts.add(attempt(index, run));
        }
        return new Task(new TaskId(id, index), round(index), state(index), attempts, entry);
    }

    private Attempt attempt(long index, Run run) {
        return Attempt.ended(past(index).size() + 1, "fake-1", state(run), run.withoutOutput());
    }

    int round(long index) {
        return rounds.getOrDefault(index, 1);
    }

    /** The attempts of the rounds before. */
    List<Attempt> past(long index) {
        return past.getOrDefault(index, List.of());
    }

    /** Begins another round. */
    void reopen(long index) {
        var run = java.util.Objects.requireNonNull(runs.remove(index));
        past.computeIfAbsent(index, _ -> new ArrayList<>()).add(attempt(index, run));
        rounds.merge(index, 2, (before, _) -> before + 1);
    }

    /** Those of its tasks that a request means. */
    List<Task> chosen(@Nullable Indices wanted, List<dev.ganger.proto.v1.TaskState> states) {
        var chosen = new ArrayList<Task>();
        for (var ordinal = 0; ordinal < Math.min(total, KEPT); ordinal++) {
            var task = task(indices.indexAt(ordinal));
            if ((wanted == null || wanted.ordinalOf(task.id().index()) >= 0)
                    && (states.isEmpty() || states.contains(ViewsToWire.state(task.state())))) {
                chosen.add(task);
            }
        }
        return chosen;
    }

    private TaskState state(long index) {
        var run = runs.get(index);
        if (run != null) {
            return state(run);
        }
        if (running.contains(index)) {
            return TaskState.RUNNING;
        }
        return held.contains(index) ? TaskState.HELD : TaskState.QUEUED;
    }

    static TaskState state(Run run) {
        return switch (run.ending()) {
            case Ending.Cancelled _ -> TaskState.CANCELLED;
            case Ending.Exited(var code) -> code == 0 ? TaskState.SUCCEEDED : TaskState.FAILED;
            case Ending.Signaled _,Ending.TimedOut _,Ending.CannotStart _,Ending.Lost _ -> TaskState.FAILED;
        };
    }
}
