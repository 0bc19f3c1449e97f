package dev.ganger.model;

/** One stream of one attempt: what output is addressed by, together with an offset. */
public record StreamId(AttemptId attempt, StreamName name) {
    @Override
    public String toString() {
        return attempt + (name == StreamName.STDOUT ? " stdout" : " stderr");
    }
}
