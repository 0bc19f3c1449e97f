package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.store.proto.AgentDrained;
import dev.ganger.coordinator.store.proto.AgentRemoved;
import dev.ganger.coordinator.store.proto.AgentResumed;
import dev.ganger.coordinator.store.proto.AgentStopReleased;
import dev.ganger.coordinator.store.proto.AgentStopRequested;
import dev.ganger.coordinator.store.proto.EventRecord;

import static dev.ganger.coordinator.store.ValueFromJournal.agent;
import static dev.ganger.wire.FromWire.instant;

/** From what is kept of events about single agents to the events. */
final class AgentsFromJournal {
    private AgentsFromJournal() {}

    static Event.Durable event(EventRecord record) {
        return switch (record.getEventCase()) {
            case AGENT_DRAINED -> drained(record.getAgentDrained());
            case AGENT_RESUMED -> resumed(record.getAgentResumed());
            case AGENT_REMOVED -> removed(record.getAgentRemoved());
            case AGENT_STOP_REQUESTED -> stopRequested(record.getAgentStopRequested());
            case AGENT_STOP_RELEASED -> stopReleased(record.getAgentStopReleased());
            default -> throw new AssertionError("not about a single agent: " + record.getEventCase());
        };
    }

    private static Event.AgentDrained drained(AgentDrained record) {
        return new Event.AgentDrained(agent(record.getAgent()), record.getReason(), instant(record.getAt()));
    }

    private static Event.AgentResumed resumed(AgentResumed record) {
        return new Event.AgentResumed(agent(record.getAgent()), instant(record.getAt()));
    }

    private static Event.AgentRemoved removed(AgentRemoved record) {
        return new Event.AgentRemoved(agent(record.getAgent()), record.getReason(), instant(record.getAt()));
    }

    private static Event.AgentStopRequested stopRequested(AgentStopRequested record) {
        return new Event.AgentStopRequested(agent(record.getAgent()), record.getReason(), instant(record.getAt()));
    }

    private static Event.AgentStopReleased stopReleased(AgentStopReleased record) {
        return new Event.AgentStopReleased(agent(record.getAgent()), instant(record.getAt()));
    }
}
