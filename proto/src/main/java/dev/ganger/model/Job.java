package dev.ganger.model;

import java.time.Instant;
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
        JobState state,
        TaskCounts tasks,
        String submittedBy,
        Instant submittedAt,
        @Nullable Instant finishedAt) {}
