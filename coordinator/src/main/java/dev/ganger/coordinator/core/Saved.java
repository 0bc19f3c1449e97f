package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What snapshots save of jobs beside their progress. */
public final class Saved {
    private Saved() {}

    /** What an agent has; cancelReason is null unless it is to be ended. */
    public record Lease(AttemptId attempt, UUID instance, Instant leasedAt, @Nullable String cancelReason) {}

    /**
     * The present round of a task.
     *
     * @param pause    null unless it waits
     * @param returned the attempts that were given back; null in snapshots of before they were kept
     * @param moves   how often it went to another agent without using a retry
     * @param unable  agents that could not start it
     * @param shunned agents on which it failed, and nothing has succeeded since
     */
    public record History(long index, int lastAttempt, int retriesUsed, List<Attempt> attempts, int crashes,
            @Nullable Pause pause, @Nullable List<AttemptRange> returned, int moves, List<UUID> unable, List<UUID> shunned) {
        public History {
            attempts = List.copyOf(attempts);
            returned = returned == null ? null : List.copyOf(returned);
            unable = List.copyOf(unable);
            shunned = List.copyOf(shunned);
        }

        /** Of a task that avoids nobody, as first snapshots told it. */
        public History(long index, int lastAttempt, int retriesUsed, List<Attempt> attempts, int crashes,
                @Nullable Pause pause) {
            this(index, lastAttempt, retriesUsed, attempts, crashes, pause, null, 0, List.of(), List.of());
        }
    }

    /** A task that failed on an agent and is not final; whether it had started there. */
    public record FailedHere(TaskId task, boolean started) {}

    /**
     * What retrying and holding left of a job.
     *
     * @param tried    a bit for each ordinal that was leased in its present round
     * @param earlier  tasks that had rounds before
     * @param holds    what is held
     * @param results  how many results its tasks had in all rounds
     * @param failures how many tasks failed since the last retry
     */
    public record Rounds(List<Long> tried, List<Earlier> earlier, List<Hold> holds, long results, int failures) {
        public Rounds {
            tried = List.copyOf(tried);
            earlier = List.copyOf(earlier);
            holds = List.copyOf(holds);
        }
    }

    /** The tasks with ordinals from first to last had so many rounds before, and in them attempts up to this number. */
    public record Earlier(int first, int last, int rounds, int attempts) {}

    /** What is held for a reason: a bit for each ordinal. */
    public record Hold(String reason, List<Long> tasks) {
        public Hold {
            tasks = List.copyOf(tasks);
        }
    }
}
