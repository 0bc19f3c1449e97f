package dev.ganger.model;

import java.util.UUID;

/**
 * One life of one agent.
 *
 * @param name     its name among the agents
 * @param instance the installation, kept in its data folder
 * @param start    how often the installation was started, from 1
 */
public record AgentId(String name, UUID instance, long start) {
    public AgentId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an agent needs a name");
        }
        Limits.name("an agent's name", name);
        if (start < 1) {
            throw new IllegalArgumentException("starts count from 1, not " + start);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
