package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private final Map<AgentId, Release> stopping = new LinkedHashMap<>();
    private final Restraints restraints = new Restraints();

    /** How and when STOP was released to an agent. */
    private record Release(boolean now, Instant at) {}

    // ---- reading

    /** By name. */
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

    /** Why an installation may not have a name: another one that is not lost has it; null: it may. */
    @Nullable
    Refusal refusalOfName(String name, UUID instance, Time time) {
        var other = byName.get(name);
        return other == null || other.id().instance().equals(instance)
                ? null
                : new Refusal(Refusal.Kind.CONFLICT,
                        "another agent has the name '%s' and was last heard of %d s ago; start this one with another --name, or end the other one ('ganger agent gone %s' if its machine is no more)"
                                .formatted(name, other.silentFor(time.now()) / 1000, name));
    }

    boolean isStopping(AgentId id) {
        return stopping.containsKey(id);
    }

    /** Whether some life of an installation is. */
    boolean isStopping(UUID instance) {
        return stopping.keySet().stream().anyMatch(id -> id.instance().equals(instance));
    }

    /** Whether it may get tasks, as far as people have decided. */
    boolean takesTasks(AgentRecord agent) {
        return !isStopping(agent.id()) && !restraints.holdBack(agent.id().instance());
    }

    /** Whether the STOP it got, if any, does not wait for what runs. */
    boolean stopsNow(AgentId id) {
        var release = stopping.get(id);
        return release != null && release.now();
    }

    Set<AgentId> stopping() {
        return stopping.keySet();
    }

    Restraints restraints() {
        return restraints;
    }

    // ---- changing, by events only

    void join(Event.AgentJoined joined) {
        var instance = joined.agent().instance();
        if (stopping.keySet().removeIf(id -> id.instance().equals(instance) && id.start() < joined.agent().start())) {
            restraints.stopped(instance);
        }
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
        restraints.stopped(id.instance());
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

    /** Its installation never comes back. */
    void remove(Event.AgentRemoved removed) {
        var instance = removed.agent().instance();
        stopping.keySet().removeIf(id -> id.instance().equals(instance));
        if (byInstance.containsKey(instance)) {
            lose(removed.agent());
        }
        restraints.remove(removed);
    }

    AgentRecord must(UUID instance) {
        var agent = byInstance.get(instance);
        if (agent == null) {
            throw new AssertionError("no agent " + instance);
        }
        return agent;
    }

    void release(Event.StopReleased released) {
        released.agents().forEach(agent -> stopping.put(agent, new Release(released.now(), released.at())));
    }

    void release(Event.AgentStopReleased released) {
        stopping.put(released.agent(), new Release(false, released.at()));
    }

    void snapshot(List<Event.Durable> events) {
        for (var agent : byName.values()) {
            events.add(new Event.AgentJoined(agent.id(), agent.slots(), agent.pid(), agent.version(), agent.labels(),
                    agent.joinedAt()));
        }
        var releases = new LinkedHashMap<Release, List<AgentId>>();
        stopping.forEach((agent, release) -> releases.computeIfAbsent(release, _ -> new ArrayList<>()).add(agent));
        releases.forEach((release, agents) -> events.add(new Event.StopReleased(agents, release.now(), release.at())));
        restraints.snapshot(events);
    }
}
