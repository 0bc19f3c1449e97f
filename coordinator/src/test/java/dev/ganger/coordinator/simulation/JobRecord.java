package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the simulation itself wrote down about a job, in the plainest way. */
final class JobRecord {
    private static final int DETOURS = 16;

    final Event.Submitted origin;
    /** What may start. */
    final TreeSet<Integer> queued = new TreeSet<>();
    final TreeMap<Integer, TaskRecord> tasks = new TreeMap<>();
    /** Since the last retry. */
    int failures;
    int unfinished;
    int succeeded;
    int failed;
    int cancelled;
    boolean forgotten;
    @Nullable
    Instant finishedAt;

    /** The life of one task. */
    static final class TaskRecord {
        private final boolean bound;
        int round = 1;
        int lastAttempt;
        int failures;
        int crashes;
        /** How often it went elsewhere without using a retry. */
        int moves;
        /** Installations that could not start it. */
        final Set<UUID> unable = new TreeSet<>();
        /** Installations on which it failed, and nothing has succeeded since. */
        final Set<UUID> shunned = new TreeSet<>();
        /** Attempts that were lost or failed: what its result tells as earlier ones. */
        int past;
        boolean cancelAsked;
        boolean leased;
        boolean held;
        boolean tried;
        boolean waits;
        /** When it failed last, and how long it has to wait since. */
        long failedAt;
        long backoffMillis;
        @Nullable
        TaskState outcome;

        TaskRecord(boolean bound) {
            this.bound = bound;
        }

        /** Only one agent may run it. */
        boolean isBound() {
            return bound;
        }

        boolean isIdle() {
            return !leased && outcome == null;
        }

        boolean mayStart() {
            return isIdle() && !held && !waits;
        }

        /** Whether it is kept from some agents. */
        boolean isChoosy() {
            return !unable.isEmpty() || !shunned.isEmpty();
        }

        void retry() {
            round++;
            failures = 0;
            crashes = 0;
            moves = 0;
            unable.clear();
            shunned.clear();
            past = 0;
            cancelAsked = false;
            tried = false;
            backoffMillis = 0;
            outcome = null;
        }
    }

    JobRecord(Event.Submitted origin) {
        this.origin = origin;
        this.unfinished = origin.indices().count();
        for (var ordinal = 0; ordinal < unfinished; ordinal++) {
            queued.add(ordinal);
            tasks.put(ordinal, new TaskRecord(!agentOf(ordinal).isEmpty()));
        }
    }

    /** The only agent that may run a task; empty: any. */
    String agentOf(int ordinal) {
        return origin.agents().isEmpty() ? origin.spec().order().agent() : origin.agents().get(ordinal);
    }

    /** The first queued task that an agent may run and is kept from none, or null. */
    @Nullable
    TaskId firstQueued(String agent) {
        return queued.stream().filter(ordinal -> agentOf(ordinal).isEmpty() || agentOf(ordinal).equals(agent))
                .filter(ordinal -> !taskAt(ordinal).isChoosy()).findFirst()
                .map(ordinal -> new TaskId(origin.job(), origin.indices().indexAt(ordinal))).orElse(null);
    }

    int ordinal(long index) {
        return origin.indices().ordinalOf(index);
    }

    TaskRecord task(long index) {
        return taskAt(ordinal(index));
    }

    private TaskRecord taskAt(int ordinal) {
        var found = tasks.get(ordinal);
        if (found == null) {
            throw new AssertionError("job %d has no task with ordinal %d".formatted(origin.job(), ordinal));
        }
        return found;
    }

    /** Whether too many of its tasks wait because an agent could not start them. */
    boolean keepsAway(UUID agent) {
        return queued.stream().filter(ordinal -> taskAt(ordinal).unable.contains(agent)).count() >= DETOURS;
    }

    /** To be called whenever a task has changed. */
    void refresh(long index) {
        if (task(index).mayStart()) {
            queued.add(ordinal(index));
        } else {
            queued.remove(ordinal(index));
        }
    }

    /** Tasks that no agent has and nothing would start, by who is away. */
    long stranded(Predicate<String> away) {
        return tasks.entrySet().stream()
                .filter(each -> each.getValue().isIdle() && (each.getValue().held || away.test(agentOf(each.getKey())))).count();
    }

    long held() {
        return tasks.values().stream().filter(task -> task.isIdle() && task.held).count();
    }

    long waiting() {
        return tasks.values().stream().filter(task -> task.isIdle() && !task.held && task.waits).count();
    }

    /** Whether something is left although more tasks failed than may. */
    boolean shouldHaveEnded() {
        var most = origin.spec().failure().maxFailures();
        return most != null && failures > most
                && tasks.values().stream().anyMatch(task -> task.outcome == null && !task.cancelAsked);
    }

    void count(TaskState outcome, int change) {
        switch (outcome) {
            case SUCCEEDED -> succeeded += change;
            case FAILED -> failed += change;
            default -> cancelled += change;
        }
    }

}
