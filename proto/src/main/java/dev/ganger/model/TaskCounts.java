package dev.ganger.model;

/** The tasks of a job by state; they sum to total. */
public record TaskCounts(
        long waiting,
        long held,
        long queued,
        long leased,
        long running,
        long unknown,
        long succeeded,
        long failed,
        long cancelled) {
    /** Of a job that waits for nothing. */
    public static TaskCounts of(long queued, long running, long succeeded, long failed, long cancelled) {
        return new TaskCounts(0, 0, queued, 0, running, 0, succeeded, failed, cancelled);
    }

    public long total() {
        return toStart() + unfinishedWithAgents() + finished();
    }

    /** Tasks that wait to start. */
    public long toStart() {
        return waiting + held + queued;
    }

    public long finished() {
        return succeeded + failed + cancelled;
    }

    private long unfinishedWithAgents() {
        return leased + running + unknown;
    }
}
