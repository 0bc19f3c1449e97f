package dev.ganger.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An agent as it stands.
 *
 * @param held   the attempts it holds, oldest first
 * @param busy   how many of those run
 * @param labels what its owner says of it, by name
 * @param reason why it is drained or stopped, as somebody said it, or quarantined; may be empty
 */
public record Agent(
        AgentId id,
        State state,
        long pid,
        int slots,
        List<AttemptId> held,
        int busy,
        String version,
        Instant lastSeenAt,
        SortedMap<String, String> labels,
        String reason) {
    public Agent {
        held = List.copyOf(held);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Where an agent stands. */
    public enum State {
        /** It beats. */
        ALIVE,
        /** It has been silent for two beats. */
        UNKNOWN,
        /** It ends and takes no more. */
        STOPPING,
        /** It gets no more until it is resumed. */
        DRAINING,
        /** What failed on it succeeded elsewhere: it gets one task now and then, as a try. */
        QUARANTINED;

        /** Whether it gets its part of what each agent gets. */
        public boolean takesTasks() {
            return this == ALIVE || this == QUARANTINED;
        }
    }
}
