package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.store.proto.AgentJoined;
import dev.ganger.coordinator.store.proto.AgentLeft;
import dev.ganger.coordinator.store.proto.AgentLost;
import dev.ganger.coordinator.store.proto.AttemptFailed;
import dev.ganger.coordinator.store.proto.AttemptsLost;
import dev.ganger.coordinator.store.proto.CancelRequested;
import dev.ganger.coordinator.store.proto.Cancelled;
import dev.ganger.coordinator.store.proto.ChunkStored;
import dev.ganger.coordinator.store.proto.Closed;
import dev.ganger.coordinator.store.proto.CountersRestored;
import dev.ganger.coordinator.store.proto.CursorMoved;
import dev.ganger.coordinator.store.proto.DraftDropped;
import dev.ganger.coordinator.store.proto.EventRecord;
import dev.ganger.coordinator.store.proto.Finished;
import dev.ganger.coordinator.store.proto.GrantRecord;
import dev.ganger.coordinator.store.proto.KeyDropped;
import dev.ganger.coordinator.store.proto.LateReported;
import dev.ganger.coordinator.store.proto.Leased;
import dev.ganger.coordinator.store.proto.Opened;
import dev.ganger.coordinator.store.proto.Returned;
import dev.ganger.coordinator.store.proto.RunningAttempt;
import dev.ganger.coordinator.store.proto.StopReleased;
import dev.ganger.coordinator.store.proto.StopRequested;
import dev.ganger.coordinator.store.proto.Submitted;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;

import static dev.ganger.coordinator.store.ValueToJournal.agent;
import static dev.ganger.coordinator.store.ValueToJournal.attempts;
import static dev.ganger.coordinator.store.ValueToJournal.uuid;
import static dev.ganger.wire.ToWire.attempt;
import static dev.ganger.wire.ToWire.instant;

/** From events to what is kept of them. */
final class EventToJournal {
    private EventToJournal() {}

    static EventRecord record(Event.Durable event) {
        var record = EventRecord.newBuilder();
        switch (event) {
            case Event.ChunkStored stored -> record.setChunkStored(chunkStored(stored));
            case Event.DraftDropped(var draft) -> record.setDraftDropped(DraftDropped.newBuilder().setDraft(uuid(draft)));
            case Event.Submitted submitted -> record.setSubmitted(submitted(submitted));
            case Event.AgentJoined joined -> record.setAgentJoined(agentJoined(joined));
            case Event.AgentLeft left -> record.setAgentLeft(agentLeft(left));
            case Event.AgentLost lost -> record.setAgentLost(agentLost(lost));
            case Event.Leased leased -> record.setLeased(leased(leased));
            case Event.Returned returned -> record.setReturned(returned(returned));
            case Event.AttemptsLost lost -> record.setAttemptsLost(attemptsLost(lost));
            case Event.AttemptFailed failed -> record.setAttemptFailed(attemptFailed(failed));
            case Event.OfDoubt each -> DoubtsToJournal.put(each, record);
            case Event.Finished finished -> record.setFinished(finished(finished));
            case Event.LateReported late -> record.setLateReported(lateReported(late));
            case Event.Cancelled cancelled -> record.setCancelled(cancelled(cancelled));
            case Event.OfTasks each -> RoundsToJournal.put(each, record);
            case Event.CancelRequested requested -> record.setCancelRequested(cancelRequested(requested));
            case Event.Closed() -> record.setClosed(Closed.getDefaultInstance());
            case Event.Opened() -> record.setOpened(Opened.getDefaultInstance());
            case Event.StopRequested stop -> record.setStopRequested(stopRequested(stop));
            case Event.StopReleased stop -> record.setStopReleased(stopReleased(stop));
            case Event.AgentDrained drained -> record.setAgentDrained(AgentsToJournal.drained(drained));
            case Event.AgentResumed resumed -> record.setAgentResumed(AgentsToJournal.resumed(resumed));
            case Event.AgentRemoved removed -> record.setAgentRemoved(AgentsToJournal.removed(removed));
            case Event.AgentStopRequested stop -> record.setAgentStopRequested(AgentsToJournal.stopRequested(stop));
            case Event.AgentStopReleased stop -> record.setAgentStopReleased(AgentsToJournal.stopReleased(stop));
            case Event.OfAccess each -> AccessToJournal.put(each, record);
            case Event.JobForgotten forgotten -> record.setJobForgotten(ValueToJournal.jobForgotten(forgotten));
            case Event.KeyDropped(var submitter, var key) ->
                record.setKeyDropped(KeyDropped.newBuilder().setSubmitter(submitter).setKey(key));
            case Event.KeyKept kept -> record.setKeyKept(ValueToJournal.keyKept(kept));
            case Event.CursorMoved moved -> record.setCursorMoved(cursorMoved(moved));
            case Event.CountersRestored counters -> record.setCountersRestored(countersRestored(counters));
            case Event.JobRestored job -> record.setJobRestored(ValueToJournal.jobRestored(job));
        }
        return record.build();
    }

    private static ChunkStored chunkStored(Event.ChunkStored stored) {
        return ChunkStored.newBuilder()
                .setDraft(uuid(stored.draft()))
                .setNumber(stored.number())
                .setEntries(stored.entries())
                .setBytes(stored.bytes())
                .build();
    }

    private static Submitted submitted(Event.Submitted submitted) {
        return Submitted.newBuilder()
                .setJob(submitted.job())
                .setDraft(uuid(submitted.draft()))
                .setSubmitter(submitted.submitter())
                .setKey(submitted.key())
                .setDigest(ToWire.bytes(submitted.digest()))
                .setSpec(ToWire.spec(submitted.spec()))
                .setIndices(ToWire.indices(submitted.indices()))
                .setEntries(submitted.entries())
                .addAllAgents(submitted.agents())
                .setAt(instant(submitted.at()))
                .build();
    }

    private static AgentJoined agentJoined(Event.AgentJoined joined) {
        return AgentJoined.newBuilder()
                .setAgent(agent(joined.agent()))
                .setSlots(joined.slots())
                .setPid(joined.pid())
                .setVersion(joined.version())
                .putAllLabels(joined.labels())
                .setAt(instant(joined.at()))
                .build();
    }

    private static AgentLeft agentLeft(Event.AgentLeft left) {
        return AgentLeft.newBuilder().setAgent(agent(left.agent())).setStopped(left.stopped()).setAt(instant(left.at())).build();
    }

    private static AgentLost agentLost(Event.AgentLost lost) {
        return AgentLost.newBuilder().setAgent(agent(lost.agent())).setAt(instant(lost.at())).build();
    }

    private static Leased leased(Event.Leased leased) {
        var record = Leased.newBuilder()
                .setAgent(agent(leased.agent()))
                .setNumber(leased.number())
                .setAt(instant(leased.at()));
        for (var grant : leased.grants()) {
            record.addGrants(GrantRecord.newBuilder()
                    .setJob(grant.job())
                    .setIndices(ToWire.range(grant.indices()))
                    .setAttempt(grant.attempt()));
        }
        return record.build();
    }

    private static Returned returned(Event.Returned returned) {
        return Returned.newBuilder()
                .setAgent(agent(returned.agent()))
                .addAllAttempts(attempts(returned.attempts()))
                .build();
    }

    private static AttemptsLost attemptsLost(Event.AttemptsLost lost) {
        return AttemptsLost.newBuilder()
                .setAgent(agent(lost.agent()))
                .addAllAttempts(attempts(lost.attempts()))
                .addAllRunning(lost.running().stream().map(EventToJournal::running).toList())
                .setReason(lost.reason())
                .setAt(instant(lost.at()))
                .build();
    }

    private static RunningAttempt running(Event.Started started) {
        return RunningAttempt.newBuilder()
                .setAttempt(attempt(started.attempt()))
                .setPid(started.pid())
                .setStartedAt(instant(started.startedAt()))
                .build();
    }

    private static AttemptFailed attemptFailed(Event.AttemptFailed failed) {
        var record = AttemptFailed.newBuilder()
                .setAgent(agent(failed.agent()))
                .setAttempt(attempt(failed.attempt()))
                .setRun(ToWire.run(failed.run()))
                .setAt(instant(failed.at()));
        if (failed.notBefore() != null) {
            record.setNotBefore(instant(failed.notBefore()));
        }
        return record.build();
    }

    private static Finished finished(Event.Finished finished) {
        return Finished.newBuilder()
                .setAgent(agent(finished.agent()))
                .setAttempt(attempt(finished.attempt()))
                .setState(ViewsToWire.state(finished.state()))
                .setPosition(finished.position())
                .setAt(instant(finished.at()))
                .build();
    }

    private static LateReported lateReported(Event.LateReported late) {
        return LateReported.newBuilder()
                .setAgent(agent(late.agent()))
                .setAttempt(attempt(late.attempt()))
                .setEnding(ToWire.ending(late.ending()))
                .setAt(instant(late.at()))
                .build();
    }

    private static Cancelled cancelled(Event.Cancelled cancelled) {
        var record = Cancelled.newBuilder()
                .setJob(cancelled.job())
                .setPosition(cancelled.position())
                .setReason(cancelled.reason())
                .setAt(instant(cancelled.at()));
        cancelled.indices().forEach(range -> record.addIndices(ToWire.range(range)));
        return record.build();
    }

    private static CancelRequested cancelRequested(Event.CancelRequested requested) {
        return CancelRequested.newBuilder()
                .setAgent(agent(requested.agent()))
                .addAllAttempts(attempts(requested.attempts()))
                .setReason(requested.reason())
                .build();
    }

    private static StopRequested stopRequested(Event.StopRequested stop) {
        return StopRequested.newBuilder().setBehind(stop.behind()).setSkip(stop.skip()).setAt(instant(stop.at())).build();
    }

    private static StopReleased stopReleased(Event.StopReleased stop) {
        var record = StopReleased.newBuilder().setNow(stop.now()).setAt(instant(stop.at()));
        stop.agents().forEach(agent -> record.addAgents(agent(agent)));
        return record.build();
    }

    private static CursorMoved cursorMoved(Event.CursorMoved moved) {
        return CursorMoved.newBuilder().setConsumer(moved.consumer()).setNext(moved.next()).build();
    }

    private static CountersRestored countersRestored(Event.CountersRestored counters) {
        return CountersRestored.newBuilder()
                .setNextJob(counters.nextJob())
                .setNextPosition(counters.nextPosition())
                .build();
    }
}
