package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.AgentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** What the simulation itself wrote down about agents, in the plainest way. */
final class FleetRecord {
    private final Map<String, AgentId> present = new HashMap<>();
    private final Map<UUID, AgentId> drained = new LinkedHashMap<>();
    private final Map<UUID, AgentId> stopsAsked = new LinkedHashMap<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Set<AgentId> stopped = new HashSet<>();

    void apply(Event event) {
        switch (event) {
            case Event.AgentJoined joined -> joined(joined.agent());
            case Event.AgentAttached attached -> unless(!removed.contains(attached.agent().instance()),
                    "a removed installation never comes back", "%s", attached);
            case Event.AgentLeft left -> {
                gone(left.agent());
                stopsAsked.remove(left.agent().instance());
                // What is heard of it from now on was said before, and nobody is there who could hear another STOP.
                stopped.remove(left.agent());
            }
            case Event.AgentLost lost -> gone(lost.agent());
            case Event.AgentDrained order -> drained.put(order.agent().instance(), order.agent());
            case Event.AgentResumed order -> {
                drained.remove(order.agent().instance());
                stopsAsked.remove(order.agent().instance());
            }
            case Event.AgentStopRequested order -> stopsAsked.put(order.agent().instance(), order.agent());
            case Event.AgentStopReleased released -> released(released.agent());
            case Event.AgentRemoved order -> {
                gone(order.agent());
                drained.remove(order.agent().instance());
                stopsAsked.remove(order.agent().instance());
                removed.add(order.agent().instance());
            }
            case Event.StopReleased released -> released.agents().forEach(agent -> {
                unless(stopped.add(agent) || released.now(), "one STOP goes to each start of an agent", "%s", agent);
                stopsAsked.remove(agent.instance());
            });
            default -> {
            }
        }
    }

    private void joined(AgentId agent) {
        unless(!removed.contains(agent.instance()), "a removed installation never comes back", "%s", agent);
        present.values().removeIf(other -> other.instance().equals(agent.instance()));
        present.put(agent.name(), agent);
    }

    private void gone(AgentId agent) {
        present.values().removeIf(other -> other.instance().equals(agent.instance()));
    }

    private void released(AgentId agent) {
        unless(stopsAsked.remove(agent.instance()) != null, "STOP to one agent is asked for, once", "%s", agent);
        unless(stopped.add(agent), "one STOP goes to each start of an agent", "%s", agent);
    }

    /** The agents that are here. */
    Collection<AgentId> present() {
        return present.values();
    }

    boolean wasStopped(AgentId agent) {
        return stopped.contains(agent);
    }

    /** Whether nothing would start what is only for this agent. */
    boolean isAway(String name) {
        var agent = present.get(name);
        return !name.isEmpty() && (agent == null || !takesTasks(agent));
    }

    boolean takesTasks(AgentId agent) {
        return !stopped.contains(agent) && !isHeldBack(agent);
    }

    boolean isHeldBack(AgentId agent) {
        return drained.containsKey(agent.instance()) || stopsAsked.containsKey(agent.instance());
    }

    /** Drained or to be stopped. */
    List<AgentId> restrained() {
        var found = new LinkedHashMap<>(drained);
        found.putAll(stopsAsked);
        return List.copyOf(found.values());
    }

    void mayHaveATaskEach(List<String> agents) {
        unless(List.copyOf(new TreeSet<>(agents)).equals(agents), "a task for each agent is in the order of their names", "%s",
                agents);
        agents.forEach(agent -> unless(!isAway(agent), "a task for each agent is for those that take tasks", "%s of %s", agent,
                agents));
    }
}
