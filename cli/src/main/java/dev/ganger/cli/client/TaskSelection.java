package dev.ganger.cli.client;

import dev.ganger.model.Indices;
import dev.ganger.model.Task;
import dev.ganger.model.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a job.
 *
 * @param indices these; null: all
 * @param states  of those only the ones in these states; none: whatever their state
 */
public record TaskSelection(long job, @Nullable Indices indices, List<TaskState> states) {
    public TaskSelection {
        states = List.copyOf(states);
    }

    public boolean admits(Task task) {
        return (indices == null || indices.ordinalOf(task.id().index()) >= 0)
                && (states.isEmpty() || states.contains(task.state()));
    }

    /** The same tasks whatever their state, of which only those with these indices. */
    public TaskSelection only(Indices some) {
        return new TaskSelection(job, some, List.of());
    }
}
