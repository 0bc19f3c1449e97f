package dev.ganger.agent.link;

import dev.ganger.model.AgentId;

/** How an agent introduces itself. */
public record Identity(AgentId id, int slots, long pid, String version) {}
