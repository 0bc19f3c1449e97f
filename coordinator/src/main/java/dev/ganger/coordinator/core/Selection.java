package dev.ganger.coordinator.core;

import dev.ganger.model.Indices;
import dev.ganger.model.TaskState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a job that somebody means.
 *
 * @param indices null: all
 * @param states  only those in these states; none: in all
 */
public record Selection(long job, @Nullable Indices indices, Set<TaskState> states) {
    public Selection {
        states = states.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(states));
    }

    /** In whatever state; null: all. */
    public static Selection of(long job, @Nullable Indices indices) {
        return new Selection(job, indices, Set.of());
    }

    boolean wants(TaskState state) {
        return states.isEmpty() || states.contains(state);
    }
}
