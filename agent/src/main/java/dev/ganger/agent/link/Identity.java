package dev.ganger.agent.link;

import dev.ganger.model.AgentId;
import dev.ganger.model.Labels;
import java.util.SortedMap;

/**
 * How an agent introduces itself.
 *
 * @param labels what its owner says of it
 */
public record Identity(AgentId id, int slots, long pid, String version, SortedMap<String, String> labels) {
    public Identity {
        labels = Labels.checked(labels);
    }
}
