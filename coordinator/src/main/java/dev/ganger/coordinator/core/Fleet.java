package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The agents that hold a name, and those that still owe an end to a STOP. */
final class Fleet {
    private final Map<UUID, AgentRecord> byInstance = new LinkedHashMap<>();
    private final Map<String, AgentRecord> byName = new TreeMap<>();
    /** Got STOP, or will as soon as they are back. */
    private final Set<AgentId> stopping = new LinkedHashSet<>();
    private Event.@Nullable StopReleased lastStop;

    // ---- reading

    Collection<AgentRecord> all() {
        return byName.values();
    }

    @Nullable
    AgentRecord named(String name) {
        return byName.get(name);
    }

    @Nullable
    AgentRecord of(UUID instance) {
        return byInstance.get(instance);
    }

    /** The record of this very life. */
    @Nullable
    AgentRecord of(AgentId id) {
        var agent = byInstance.get(id.instance());
        return agent != null && agent.id().equals(id) ? agent : null;
    }

    boolean isStopping(AgentId id) {
        return stopping.contains(id);
    }

    /** Whether the last STOP did not wait. */
    boolean stopsNow() {
        return lastStop != null && lastStop.now();
    }

    Set<AgentId> stopping() {
        return stopping;
    }

    // ---- changing, by events only

    void join(Event.AgentJoined joined) {
        var instance = joined.agent().instance();
        stopping.removeIf(id -> id.instance().equals(instance) && id.start() < joined.agent().start());
        var agent = byInstance.get(instance);
        if (agent == null) {
            agent = new AgentRecord(joined);
            byInstance.put(instance, agent);
        } else {
            byName.remove(agent.id().name());
            agent.joinAgain(joined);
        }
        byName.put(joined.agent().name(), agent);
    }

    void leave(AgentId id) {
        stopping.remove(id);
        lose(id);
    }

    /** Forgets the agent, but not that it is owed a STOP. */
    void lose(AgentId id) {
        var agent = must(id.instance());
        if (!agent.held().isEmpty()) {
            throw new AssertionError("agent " + id + " is gone and still holds " + agent.held().keySet());
        }
        byInstance.remove(id.instance());
        byName.remove(agent.id().name());
    }

    AgentRecord must(UUID instance) {
        var agent = byInstance.get(instance);
        if (agent == null) {
            throw new AssertionError("no agent " + instance);
        }
        return agent;
    }

    void release(Event.StopReleased released) {
        stopping.addAll(released.agents());
        lastStop = released;
    }

    void snapshot(List<Event.Durable> events) {
        for (var agent : byName.values()) {
            events.add(new Event.AgentJoined(agent.id(), agent.slots(), agent.pid(), agent.version(), agent.joinedAt()));
        }
        if (lastStop != null && !stopping.isEmpty()) {
            events.add(new Event.StopReleased(List.copyOf(stopping), lastStop.now(), lastStop.at()));
        }
    }
}
