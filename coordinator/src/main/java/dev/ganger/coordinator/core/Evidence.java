package dev.ganger.coordinator.core;

import dev.ganger.model.TaskId;

/** A task that failed on one agent and succeeded on another, or at least started there if that is what failed. */
public record Evidence(TaskId task, String elsewhere) {
    @Override
    public String toString() {
        return "%s on %s".formatted(task, elsewhere);
    }
}
