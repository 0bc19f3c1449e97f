package dev.ganger.model;

import java.time.Instant;
import java.util.List;

/**
 * How a task ended: one record of the done queue.
 *
 * @param position   its place in the done queue; only grows, never reused
 * @param round      from 1
 * @param attempt    the number of the attempt that decided; 0 if none ever did
 * @param state      succeeded, failed or cancelled
 * @param agent      the agent's name; empty if no agent had it
 * @param earlier    the attempts before, oldest first
 * @param recordedAt by the coordinator's clock
 */
public record Result(
        long position,
        TaskId task,
        int round,
        int attempt,
        TaskState state,
        String agent,
        Run run,
        List<Attempt> earlier,
        Instant recordedAt) {
    public Result {
        earlier = List.copyOf(earlier);
        if (!state.isFinal()) {
            throw new IllegalArgumentException("a result is final, not " + state);
        }
    }

    /** The same without the bytes inside. */
    public Result withoutOutput() {
        return new Result(position, task, round, attempt, state, agent, run.withoutOutput(), earlier, recordedAt);
    }
}
