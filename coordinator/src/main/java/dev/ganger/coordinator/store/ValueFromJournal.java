package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Saved;
import dev.ganger.coordinator.store.proto.AgentLife;
import dev.ganger.coordinator.store.proto.HistoryRestored;
import dev.ganger.coordinator.store.proto.JobForgotten;
import dev.ganger.coordinator.store.proto.JobRestored;
import dev.ganger.coordinator.store.proto.KeyKept;
import dev.ganger.coordinator.store.proto.LeaseRestored;
import dev.ganger.coordinator.store.proto.Uuid;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ViewsFromWire;
import java.util.List;
import java.util.UUID;

/** From what is kept of the values in events to the values. */
final class ValueFromJournal {
    private ValueFromJournal() {}

    static UUID uuid(Uuid record) {
        return new UUID(record.getHigh(), record.getLow());
    }

    static AgentId agent(AgentLife record) {
        return new AgentId(record.getName(), uuid(record.getInstance()), record.getStart());
    }

    static List<AttemptId> attempts(List<dev.ganger.proto.v1.AttemptId> records) {
        return records.stream().map(FromWire::attempt).toList();
    }

    static Event.JobForgotten jobForgotten(JobForgotten record) {
        return new Event.JobForgotten(record.getJob(), uuid(record.getDraft()), FromWire.instant(record.getAt()));
    }

    static Event.KeyKept keyKept(KeyKept record) {
        return new Event.KeyKept(record.getSubmitter(), record.getKey(), FromWire.bytes(record.getDigest()), record.getJob(),
                record.getTasks(), FromWire.instant(record.getAt()));
    }

    static Event.JobRestored jobRestored(JobRestored record) {
        return new Event.JobRestored(record.getJob(), record.getFresh(), record.getFinishedList(), record.getFailedList(),
                record.getCancelledList(), record.getLeasesList().stream().map(ValueFromJournal::lease).toList(),
                record.getHistoriesList().stream().map(ValueFromJournal::history).toList(),
                record.hasFinishedAt() ? FromWire.instant(record.getFinishedAt()) : null,
                record.hasRounds() ? RoundsFromJournal.rounds(record.getRounds()) : null);
    }

    static List<AttemptRange> returned(List<dev.ganger.coordinator.store.proto.AttemptRange> records) {
        return records.stream().map(each -> new AttemptRange(each.getFirst(), each.getLast())).toList();
    }

    private static Saved.Lease lease(LeaseRestored record) {
        return new Saved.Lease(FromWire.attempt(record.getAttempt()), uuid(record.getInstance()),
                FromWire.instant(record.getLeasedAt()), record.hasCancelReason() ? record.getCancelReason() : null);
    }

    private static Saved.History history(HistoryRestored record) {
        return new Saved.History(record.getIndex(), record.getLastAttempt(), record.getRetriesUsed(),
                record.getAttemptsList().stream().map(ViewsFromWire::attempt).toList(), record.getCrashes(),
                record.hasPause() ? RoundsFromJournal.pause(record.getPause()) : null,
                record.hasReturned() ? returned(record.getReturned().getRangesList()) : null, record.getMoves(),
                record.getUnableList().stream().map(ValueFromJournal::uuid).toList(),
                record.getShunnedList().stream().map(ValueFromJournal::uuid).toList());
    }
}
