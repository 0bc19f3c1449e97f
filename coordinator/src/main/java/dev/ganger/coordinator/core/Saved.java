package dev.ganger.coordinator.core;

import java.util.List;

/** What snapshots save of jobs beside their progress. */
public final class Saved {
    private Saved() {}

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
