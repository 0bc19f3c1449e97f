package dev.ganger.agent.core;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.JobSpec;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to run.
 *
 * @param entry the input of the task; null in a job without entries
 */
public record Assignment(AttemptId attempt, JobSpec spec, @Nullable Bytes entry) {}
