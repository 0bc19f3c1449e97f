package dev.ganger.model;

/** The tasks of a job by state; they sum to total. */
public record TaskCounts(long queued, long leased, long running, long unknown, long succeeded, long failed, long cancelled) {
    public long total() {
        return queued + unfinishedWithAgents() + finished();
    }

    public long finished() {
        return succeeded + failed + cancelled;
    }

    private long unfinishedWithAgents() {
        return leased + running + unknown;
    }
}
