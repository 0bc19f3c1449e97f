package dev.ganger.agent;

import dev.ganger.trust.TokenLine;
import dev.ganger.wire.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was told to be.
 *
 * @param token        what lets it in if it is not one of the coordinator's yet; null: it is, or the coordinator is its user's own
 * @param insecure     plain text, on this machine
 * @param spoolLimit   bytes of output that may wait here for the coordinator
 * @param drainTimeout how long what runs may take to finish when the agent is to end; null: as long as it takes
 */
record AgentSettings(Address coordinator, @Nullable TokenLine token, boolean insecure, String name, int slots,
        SortedMap<String, String> labels, Path data, long spoolLimit,
        @Nullable Duration drainTimeout) {
    AgentSettings {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
