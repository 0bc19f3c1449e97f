package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.store.proto.AgentDrained;
import dev.ganger.coordinator.store.proto.AgentRemoved;
import dev.ganger.coordinator.store.proto.AgentResumed;
import dev.ganger.coordinator.store.proto.AgentStopReleased;
import dev.ganger.coordinator.store.proto.AgentStopRequested;

import static dev.ganger.coordinator.store.ValueFromJournal.agent;
import static dev.ganger.wire.FromWire.instant;

/** From what is kept of events about single agents to the events. */
final class AgentsFromJournal {
    private AgentsFromJournal() {}

    static Event.AgentDrained drained(AgentDrained record) {
        return new Event.AgentDrained(agent(record.getAgent()), record.getReason(), instant(record.getAt()));
    }

    static Event.AgentResumed resumed(AgentResumed record) {
        return new Event.AgentResumed(agent(record.getAgent()), instant(record.getAt()));
    }

    static Event.AgentRemoved removed(AgentRemoved record) {
        return new Event.AgentRemoved(agent(record.getAgent()), record.getReason(), instant(record.getAt()));
    }

    static Event.AgentStopRequested stopRequested(AgentStopRequested record) {
        return new Event.AgentStopRequested(agent(record.getAgent()), record.getReason(), instant(record.getAt()));
    }

    static Event.AgentStopReleased stopReleased(AgentStopReleased record) {
        return new Event.AgentStopReleased(agent(record.getAgent()), instant(record.getAt()));
    }
}
