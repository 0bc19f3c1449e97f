package dev.ganger.coordinator.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody decided about installations of agents; it holds while they are away, and in their later lives. */
final class Restraints {
    private final Map<UUID, Event.AgentDrained> drained = new LinkedHashMap<>();
    /** To get STOP once they hold nothing; kept until the life that got it has ended. */
    private final Map<UUID, Event.AgentStopRequested> stops = new LinkedHashMap<>();
    private final Map<UUID, Event.AgentRemoved> removed = new LinkedHashMap<>();

    // ---- reading

    /** Whether it is to get no tasks. */
    boolean holdBack(UUID instance) {
        return drained.containsKey(instance) || stops.containsKey(instance);
    }

    Event.@Nullable AgentDrained drainOf(UUID instance) {
        return drained.get(instance);
    }

    Event.@Nullable AgentStopRequested stopOf(UUID instance) {
        return stops.get(instance);
    }

    Event.@Nullable AgentRemoved removalOf(UUID instance) {
        return removed.get(instance);
    }

    /** Every installation that may not come back, as far as that is kept. */
    Collection<Event.AgentRemoved> removed() {
        return removed.values();
    }

    /** Installations that are drained or to be stopped. */
    int count() {
        return drained.size() + stops.size();
    }

    Collection<Event.AgentDrained> drained() {
        return drained.values();
    }

    Collection<Event.AgentStopRequested> stops() {
        return stops.values();
    }

    // ---- changing, by events only

    void drain(Event.AgentDrained event) {
        drained.put(event.agent().instance(), event);
    }

    void requestStop(Event.AgentStopRequested event) {
        stops.put(event.agent().instance(), event);
    }

    void resume(UUID instance) {
        drained.remove(instance);
        stops.remove(instance);
    }

    /** The life that got STOP has ended, or left by itself: a later one is not stopped again. */
    void stopped(UUID instance) {
        stops.remove(instance);
    }

    void remove(Event.AgentRemoved event) {
        resume(event.agent().instance());
        removed.put(event.agent().instance(), event);
        if (removed.size() > Settings.REMOVED_AGENTS) {
            removed.remove(removed.keySet().iterator().next());
        }
    }

    void snapshot(List<Event.Durable> events) {
        events.addAll(drained.values());
        events.addAll(stops.values());
        events.addAll(removed.values());
    }
}
