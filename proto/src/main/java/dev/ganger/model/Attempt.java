package dev.ganger.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try as people see it.
 *
 * @param pid       the process id on the agent; 0 while it has not started
 * @param startedAt null while it has not started
 * @param run       all that is known of it, without output; null while it has not ended
 */
public record Attempt(
        int number,
        String agent,
        TaskState state,
        long pid,
        @Nullable Instant startedAt,
        @Nullable Run run) {

    public static Attempt ended(int number, String agent, TaskState state, Run run) {
        return new Attempt(number, agent, state, run.pid(), run.startedAt(), run);
    }
}
