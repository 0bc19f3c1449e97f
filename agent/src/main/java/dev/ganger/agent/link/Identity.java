package dev.ganger.agent.link;

import dev.ganger.model.AgentId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How an agent introduces itself. */
public record Identity(AgentId id, int slots, long pid, String version, SortedMap<String, String> labels) {
    public Identity {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
