package dev.ganger.model;

/** One command to complete once: 42.7. */
public record TaskId(long job, long index) {
    public AttemptId attempt(int number) {
        return new AttemptId(job, index, number);
    }

    @Override
    public String toString() {
        return job + "." + index;
    }
}
