package dev.ganger.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it stands.
 *
 * @param round    from 1
 * @param attempts oldest first, without those given back before they started
 * @param entry    its input; null in a job without entries
 */
public record Task(TaskId id, int round, TaskState state, List<Attempt> attempts, @Nullable Bytes entry) {
    public Task {
        attempts = List.copyOf(attempts);
    }
}
