package dev.ganger.model;

/** One try of one task on one agent, 42.7#2: the fencing token of all that is said about it. */
public record AttemptId(long job, long index, int number) {
    public TaskId task() {
        return new TaskId(job, index);
    }

    @Override
    public String toString() {
        return job + "." + index + "#" + number;
    }
}
