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
import dev.ganger.coordinator.store.proto.CountersRestored;
import dev.ganger.coordinator.store.proto.CursorMoved;
import dev.ganger.coordinator.store.proto.EventRecord;
import dev.ganger.coordinator.store.proto.Finished;
import dev.ganger.coordinator.store.proto.GrantRecord;
import dev.ganger.coordinator.store.proto.LateReported;
import dev.ganger.coordinator.store.proto.Leased;
import dev.ganger.coordinator.store.proto.Returned;
import dev.ganger.coordinator.store.proto.StopReleased;
import dev.ganger.coordinator.store.proto.StopRequested;
import dev.ganger.coordinator.store.proto.Submitted;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ViewsFromWire;
import java.util.TreeMap;

import static dev.ganger.coordinator.store.ValueFromJournal.agent;
import static dev.ganger.coordinator.store.ValueFromJournal.attempts;
import static dev.ganger.coordinator.store.ValueFromJournal.uuid;
import static dev.ganger.wire.FromWire.attempt;
import static dev.ganger.wire.FromWire.instant;

/** From what is kept of events to events; throws IllegalArgumentException, in a sentence, where it is none. */
final class EventFromJournal {
    private EventFromJournal() {}

    static Event.Durable event(EventRecord record) {
        return switch (record.getEventCase()) {
            case CHUNK_STORED -> chunkStored(record.getChunkStored());
            case DRAFT_DROPPED -> new Event.DraftDropped(uuid(record.getDraftDropped().getDraft()));
            case SUBMITTED -> submitted(record.getSubmitted());
            case AGENT_JOINED -> agentJoined(record.getAgentJoined());
            case AGENT_LEFT -> agentLeft(record.getAgentLeft());
            case AGENT_LOST -> agentLost(record.getAgentLost());
            case LEASED -> leased(record.getLeased());
            case RETURNED -> returned(record.getReturned());
            case ATTEMPTS_LOST -> attemptsLost(record.getAttemptsLost());
            case ATTEMPT_FAILED -> attemptFailed(record.getAttemptFailed());
            case FINISHED -> finished(record.getFinished());
            case LATE_REPORTED -> lateReported(record.getLateReported());
            case CANCELLED -> cancelled(record.getCancelled());
            case HELD -> RoundsFromJournal.held(record.getHeld());
            case RELEASED -> RoundsFromJournal.released(record.getReleased());
            case RETRIED -> RoundsFromJournal.retried(record.getRetried());
            case BACKED_OFF -> RoundsFromJournal.backedOff(record.getBackedOff());
            case CANCEL_REQUESTED -> cancelRequested(record.getCancelRequested());
            case CLOSED -> new Event.Closed();
            case OPENED -> new Event.Opened();
            case STOP_REQUESTED -> stopRequested(record.getStopRequested());
            case STOP_RELEASED -> stopReleased(record.getStopReleased());
            case AGENT_DRAINED, AGENT_RESUMED, AGENT_REMOVED, AGENT_STOP_REQUESTED, AGENT_STOP_RELEASED ->
                AgentsFromJournal.event(record);
            case ATTEMPT_MOVED, AGENT_SUSPECTED, AGENT_QUARANTINED, AGENT_TRUSTED, DOUBT_RESTORED ->
                DoubtsFromJournal.event(record);
            case TOKEN_CREATED, TOKEN_REVOKED, TOKEN_FORGOTTEN, IDENTITY_JOINED, USER_REMOVED -> AccessFromJournal.event(record);
            case JOB_FORGOTTEN -> ValueFromJournal.jobForgotten(record.getJobForgotten());
            case KEY_DROPPED ->
                new Event.KeyDropped(record.getKeyDropped().getSubmitter(), record.getKeyDropped().getKey());
            case KEY_KEPT -> ValueFromJournal.keyKept(record.getKeyKept());
            case CURSOR_MOVED -> cursorMoved(record.getCursorMoved());
            case COUNTERS_RESTORED -> countersRestored(record.getCountersRestored());
            case JOB_RESTORED -> ValueFromJournal.jobRestored(record.getJobRestored());
            case EVENT_NOT_SET -> throw new IllegalArgumentException(
                    "an event of a kind that this version does not know; a newer version of Ganger wrote it: install that one");
        };
    }

    private static Event.ChunkStored chunkStored(ChunkStored record) {
        return new Event.ChunkStored(uuid(record.getDraft()), record.getNumber(), record.getEntries(), record.getBytes());
    }

    private static Event.Submitted submitted(Submitted record) {
        return new Event.Submitted(record.getJob(), uuid(record.getDraft()), record.getSubmitter(), record.getKey(),
                FromWire.bytes(record.getDigest()), FromWire.spec(record.getSpec()), FromWire.indices(record.getIndices()),
                record.getEntries(), record.getAgentsList(), instant(record.getAt()));
    }

    private static Event.AgentJoined agentJoined(AgentJoined record) {
        return new Event.AgentJoined(agent(record.getAgent()), record.getSlots(), record.getPid(), record.getVersion(),
                new TreeMap<>(record.getLabelsMap()), instant(record.getAt()));
    }

    private static Event.AgentLeft agentLeft(AgentLeft record) {
        return new Event.AgentLeft(agent(record.getAgent()), record.getStopped(), instant(record.getAt()));
    }

    private static Event.AgentLost agentLost(AgentLost record) {
        return new Event.AgentLost(agent(record.getAgent()), instant(record.getAt()));
    }

    private static Event.Leased leased(Leased record) {
        return new Event.Leased(agent(record.getAgent()), record.getNumber(),
                record.getGrantsList().stream().map(EventFromJournal::grant).toList(), instant(record.getAt()));
    }

    private static Event.Grant grant(GrantRecord record) {
        return new Event.Grant(record.getJob(), FromWire.range(record.getIndices()), record.getAttempt());
    }

    private static Event.Returned returned(Returned record) {
        return new Event.Returned(agent(record.getAgent()), attempts(record.getAttemptsList()));
    }

    private static Event.AttemptsLost attemptsLost(AttemptsLost record) {
        return new Event.AttemptsLost(agent(record.getAgent()), attempts(record.getAttemptsList()),
                record.getRunningList().stream()
                        .map(each -> new Event.Started(attempt(each.getAttempt()), each.getPid(), instant(each.getStartedAt())))
                        .toList(),
                record.getReason(), instant(record.getAt()));
    }

    private static Event.AttemptFailed attemptFailed(AttemptFailed record) {
        return new Event.AttemptFailed(agent(record.getAgent()), attempt(record.getAttempt()), FromWire.run(record.getRun()),
                instant(record.getAt()), record.hasNotBefore() ? instant(record.getNotBefore()) : null);
    }

    private static Event.Finished finished(Finished record) {
        return new Event.Finished(agent(record.getAgent()), attempt(record.getAttempt()),
                ViewsFromWire.state(record.getState()), record.getPosition(), instant(record.getAt()));
    }

    private static Event.LateReported lateReported(LateReported record) {
        return new Event.LateReported(agent(record.getAgent()), attempt(record.getAttempt()),
                FromWire.ending(record.getEnding()), instant(record.getAt()));
    }

    private static Event.Cancelled cancelled(Cancelled record) {
        return new Event.Cancelled(record.getJob(), record.getIndicesList().stream().map(FromWire::range).toList(),
                record.getPosition(), record.getReason(), instant(record.getAt()));
    }

    private static Event.CancelRequested cancelRequested(CancelRequested record) {
        return new Event.CancelRequested(agent(record.getAgent()), attempts(record.getAttemptsList()), record.getReason());
    }

    private static Event.StopRequested stopRequested(StopRequested record) {
        return new Event.StopRequested(record.getBehind(), record.getSkip(), instant(record.getAt()));
    }

    private static Event.StopReleased stopReleased(StopReleased record) {
        return new Event.StopReleased(record.getAgentsList().stream().map(ValueFromJournal::agent).toList(), record.getNow(),
                instant(record.getAt()));
    }

    private static Event.CursorMoved cursorMoved(CursorMoved record) {
        return new Event.CursorMoved(record.getConsumer(), record.getNext());
    }

    private static Event.CountersRestored countersRestored(CountersRestored record) {
        return new Event.CountersRestored(record.getNextJob(), record.getNextPosition());
    }
}
