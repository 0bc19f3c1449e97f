package dev.ganger.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands.
 *
 * @param submittedAt when it was accepted
 * @param finishedAt  when its last task became final; null before
 */
public record Job(
        long id,
        String name,
        List<Tag> tags,
        JobState state,
        TaskCounts tasks,
        String submittedBy,
        Instant submittedAt,
        @Nullable Instant finishedAt) {
    public Job {
        tags = List.copyOf(tags);
    }
}
