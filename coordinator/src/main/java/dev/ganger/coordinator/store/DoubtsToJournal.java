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
import dev.ganger.coordinator.store.proto.FailedHere;
import dev.ganger.wire.ToWire;

import static dev.ganger.coordinator.store.ValueToJournal.agent;
import static dev.ganger.wire.ToWire.instant;

/** From what speaks against agents to what is kept of it. */
final class DoubtsToJournal {
    private DoubtsToJournal() {}

    static void put(Event.OfDoubt event, EventRecord.Builder into) {
        switch (event) {
            case Event.AttemptMoved moved -> into.setAttemptMoved(moved(moved));
            case Event.AgentSuspected suspected -> into.setAgentSuspected(suspected(suspected));
            case Event.AgentQuarantined quarantined -> into.setAgentQuarantined(quarantined(quarantined));
            case Event.AgentTrusted trusted -> into.setAgentTrusted(trusted(trusted));
            case Event.DoubtRestored restored -> into.setDoubtRestored(restored(restored));
        }
    }

    private static AttemptMoved moved(Event.AttemptMoved event) {
        return AttemptMoved.newBuilder().setAgent(agent(event.agent())).setAttempt(ToWire.attempt(event.attempt()))
                .setRun(ToWire.run(event.run())).setAt(instant(event.at())).build();
    }

    private static AgentSuspected suspected(Event.AgentSuspected event) {
        return AgentSuspected.newBuilder().setAgent(agent(event.agent()))
                .setEvidence(evidence(new Evidence(event.task(), event.elsewhere()))).setAt(instant(event.at())).build();
    }

    private static AgentQuarantined quarantined(Event.AgentQuarantined event) {
        return AgentQuarantined.newBuilder().setAgent(agent(event.agent()))
                .addAllEvidence(event.evidence().stream().map(DoubtsToJournal::evidence).toList()).setTimes(event.times())
                .setSince(instant(event.since())).setPause(RoundsToJournal.pause(event.pause())).build();
    }

    private static AgentTrusted trusted(Event.AgentTrusted event) {
        return AgentTrusted.newBuilder().setAgent(agent(event.agent())).setAt(instant(event.at())).build();
    }

    private static DoubtRestored restored(Event.DoubtRestored event) {
        var record = DoubtRestored.newBuilder().setAgent(agent(event.agent()))
                .addAllFailed(event.failed().stream().map(DoubtsToJournal::failed).toList())
                .addAllEvidence(event.evidence().stream().map(DoubtsToJournal::evidence).toList());
        if (event.quarantine() != null) {
            record.setQuarantine(quarantined(event.quarantine()));
        }
        if (event.canary() != null) {
            record.setCanary(ToWire.attempt(event.canary()));
        }
        return record.build();
    }

    private static EvidenceRecord evidence(Evidence evidence) {
        return EvidenceRecord.newBuilder().setJob(evidence.task().job()).setIndex(evidence.task().index())
                .setElsewhere(evidence.elsewhere()).build();
    }

    private static FailedHere failed(Saved.FailedHere failed) {
        return FailedHere.newBuilder().setJob(failed.task().job()).setIndex(failed.task().index()).setStarted(failed.started())
                .build();
    }
}
