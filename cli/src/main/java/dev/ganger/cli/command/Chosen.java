package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.TaskSelection;
import dev.ganger.model.Indices;
import dev.ganger.model.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job that is meant, or some tasks of it; null: all. */
record Chosen(long job, @Nullable Indices indices) {
    TaskSelection in(List<TaskState> states) {
        return new TaskSelection(job, indices, states);
    }

    /** That the job has no such task. */
    Failure missing() {
        return new Failure(Failure.Kind.NOT_FOUND,
                "job %d has no task %s; 'ganger tasks %1$d' lists those it has".formatted(job, indices));
    }

    /** As users write it. */
    @Override
    public String toString() {
        return indices == null ? Long.toString(job) : job + "." + indices;
    }
}
