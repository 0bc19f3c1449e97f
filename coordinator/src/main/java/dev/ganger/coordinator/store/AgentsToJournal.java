package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.store.proto.AgentDrained;
import dev.ganger.coordinator.store.proto.AgentRemoved;
import dev.ganger.coordinator.store.proto.AgentResumed;
import dev.ganger.coordinator.store.proto.AgentStopReleased;
import dev.ganger.coordinator.store.proto.AgentStopRequested;

import static dev.ganger.coordinator.store.ValueToJournal.agent;
import static dev.ganger.wire.ToWire.instant;

/** From events about single agents to what is kept of them. */
final class AgentsToJournal {
    private AgentsToJournal() {}

    static AgentDrained drained(Event.AgentDrained event) {
        return AgentDrained.newBuilder().setAgent(agent(event.agent())).setReason(event.reason()).setAt(instant(event.at()))
                .build();
    }

    static AgentResumed resumed(Event.AgentResumed event) {
        return AgentResumed.newBuilder().setAgent(agent(event.agent())).setAt(instant(event.at())).build();
    }

    static AgentRemoved removed(Event.AgentRemoved event) {
        return AgentRemoved.newBuilder().setAgent(agent(event.agent())).setReason(event.reason()).setAt(instant(event.at()))
                .build();
    }

    static AgentStopRequested stopRequested(Event.AgentStopRequested event) {
        return AgentStopRequested.newBuilder().setAgent(agent(event.agent())).setReason(event.reason())
                .setAt(instant(event.at())).build();
    }

    static AgentStopReleased stopReleased(Event.AgentStopReleased event) {
        return AgentStopReleased.newBuilder().setAgent(agent(event.agent())).setAt(instant(event.at())).build();
    }
}
