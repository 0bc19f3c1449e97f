package dev.ganger.model;

import java.time.Instant;
import java.util.List;

/**
 * An agent as it stands.
 *
 * @param held the attempts it holds, oldest first
 * @param busy how many of those run
 */
public record Agent(
        AgentId id,
        State state,
        long pid,
        int slots,
        List<AttemptId> held,
        int busy,
        String version,
        Instant lastSeenAt) {
    public Agent {
        held = List.copyOf(held);
    }

    /** Where an agent stands. */
    public enum State {
        /** It beats. */
        ALIVE,
        /** It has been silent for two beats. */
        UNKNOWN,
        /** It ends and takes no more. */
        STOPPING
    }
}
