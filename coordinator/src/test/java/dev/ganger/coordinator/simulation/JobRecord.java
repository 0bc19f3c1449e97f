package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.TaskId;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the simulation itself wrote down about a job, in the plainest way. */
final class JobRecord {
    final Event.Submitted origin;
    final TreeSet<Integer> queued = new TreeSet<>();
    private final TreeMap<Integer, TaskRecord> tasks = new TreeMap<>();
    int unfinished;
    int succeeded;
    int failed;
    int cancelled;
    boolean forgotten;
    @Nullable
    Instant finishedAt;

    /** The life of one task. */
    static final class TaskRecord {
        int lastAttempt;
        int failures;
        /** Attempts that were lost or failed: what its result tells as earlier ones. */
        int past;
        boolean cancelAsked;
    }

    JobRecord(Event.Submitted origin) {
        this.origin = origin;
        this.unfinished = origin.indices().count();
        for (var ordinal = 0; ordinal < unfinished; ordinal++) {
            queued.add(ordinal);
            tasks.put(ordinal, new TaskRecord());
        }
    }

    /** The only agent that may run a task; empty: any. */
    String agentOf(int ordinal) {
        return origin.agents().isEmpty() ? origin.spec().order().agent() : origin.agents().get(ordinal);
    }

    /** The first queued task that an agent may run, or null. */
    @Nullable
    TaskId firstQueued(String agent) {
        return queued.stream().filter(ordinal -> agentOf(ordinal).isEmpty() || agentOf(ordinal).equals(agent)).findFirst()
                .map(ordinal -> new TaskId(origin.job(), origin.indices().indexAt(ordinal))).orElse(null);
    }

    int ordinal(long index) {
        return origin.indices().ordinalOf(index);
    }

    TaskRecord task(long index) {
        var found = tasks.get(ordinal(index));
        if (found == null) {
            throw new AssertionError("job %d has no task %d".formatted(origin.job(), index));
        }
        return found;
    }

}
