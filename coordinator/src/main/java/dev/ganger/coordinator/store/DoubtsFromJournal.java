package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Evidence;
import dev.ganger.coordinator.core.Saved;
import dev.ganger.coordinator.store.proto.AgentQuarantined;
import dev.ganger.coordinator.store.proto.AgentSuspected;
import dev.ganger.coordinator.store.proto.AgentTrusted;
import dev.ganger.coordinator.store.proto.AttemptMoved;
import dev.ganger.coordinator.store.proto.DoubtRestored;
import dev.ganger.coordinator.store.proto.EventRecord;
import dev.ganger.coordinator.store.proto.EvidenceRecord;
import dev.ganger.model.TaskId;
import dev.ganger.wire.FromWire;

import static dev.ganger.coordinator.store.ValueFromJournal.agent;
import static dev.ganger.wire.FromWire.instant;

/** From what is kept of what speaks against agents to it. */
final class DoubtsFromJournal {
    private DoubtsFromJournal() {}

    static Event.Durable event(EventRecord record) {
        return switch (record.getEventCase()) {
            case ATTEMPT_MOVED -> moved(record.getAttemptMoved());
            case AGENT_SUSPECTED -> suspected(record.getAgentSuspected());
            case AGENT_QUARANTINED -> quarantined(record.getAgentQuarantined());
            case AGENT_TRUSTED -> trusted(record.getAgentTrusted());
            case DOUBT_RESTORED -> restored(record.getDoubtRestored());
            default -> throw new AssertionError("not about what speaks against an agent: " + record.getEventCase());
        };
    }

    private static Event.AttemptMoved moved(AttemptMoved record) {
        return new Event.AttemptMoved(agent(record.getAgent()), FromWire.attempt(record.getAttempt()),
                FromWire.run(record.getRun()), instant(record.getAt()));
    }

    private static Event.AgentSuspected suspected(AgentSuspected record) {
        var evidence = evidence(record.getEvidence());
        return new Event.AgentSuspected(agent(record.getAgent()), evidence.task(), evidence.elsewhere(), instant(record.getAt()));
    }

    private static Event.AgentQuarantined quarantined(AgentQuarantined record) {
        return new Event.AgentQuarantined(agent(record.getAgent()),
                record.getEvidenceList().stream().map(DoubtsFromJournal::evidence).toList(), record.getTimes(),
                instant(record.getSince()), RoundsFromJournal.pause(record.getPause()));
    }

    private static Event.AgentTrusted trusted(AgentTrusted record) {
        return new Event.AgentTrusted(agent(record.getAgent()), instant(record.getAt()));
    }

    private static Event.DoubtRestored restored(DoubtRestored record) {
        return new Event.DoubtRestored(agent(record.getAgent()),
                record.getFailedList().stream()
                        .map(each -> new Saved.FailedHere(new TaskId(each.getJob(), each.getIndex()), each.getStarted()))
                        .toList(),
                record.getEvidenceList().stream().map(DoubtsFromJournal::evidence).toList(),
                record.hasQuarantine() ? quarantined(record.getQuarantine()) : null,
                record.hasCanary() ? FromWire.attempt(record.getCanary()) : null);
    }

    private static Evidence evidence(EvidenceRecord record) {
        return new Evidence(new TaskId(record.getJob(), record.getIndex()), record.getElsewhere());
    }
}
