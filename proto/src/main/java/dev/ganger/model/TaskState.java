package dev.ganger.model;

/** Where a task or an attempt stands; waiting and held are for tasks only, lost for attempts. */
public enum TaskState {
    WAITING, HELD, QUEUED, LEASED, RUNNING, UNKNOWN, SUCCEEDED, FAILED, CANCELLED, LOST;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
