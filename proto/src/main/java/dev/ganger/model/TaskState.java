package dev.ganger.model;

/** Where a task or an attempt stands; lost is for attempts only. */
public enum TaskState {
    QUEUED, LEASED, RUNNING, UNKNOWN, SUCCEEDED, FAILED, CANCELLED, LOST;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
