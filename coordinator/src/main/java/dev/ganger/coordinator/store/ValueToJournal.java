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
import dev.ganger.coordinator.store.proto.ReturnedAttempts;
import dev.ganger.coordinator.store.proto.Uuid;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import java.util.List;
import java.util.UUID;

/** From what events hold to what is kept of it. */
final class ValueToJournal {
    private ValueToJournal() {}

    static Uuid uuid(UUID id) {
        return Uuid.newBuilder().setHigh(id.getMostSignificantBits()).setLow(id.getLeastSignificantBits()).build();
    }

    static AgentLife agent(AgentId agent) {
        return AgentLife.newBuilder()
                .setName(agent.name())
                .setInstance(uuid(agent.instance()))
                .setStart(agent.start())
                .build();
    }

    static List<dev.ganger.proto.v1.AttemptId> attempts(List<AttemptId> attempts) {
        return attempts.stream().map(ToWire::attempt).toList();
    }

    static JobForgotten jobForgotten(Event.JobForgotten forgotten) {
        return JobForgotten.newBuilder().setJob(forgotten.job()).setDraft(uuid(forgotten.draft()))
                .setAt(ToWire.instant(forgotten.at())).build();
    }

    static KeyKept keyKept(Event.KeyKept kept) {
        return KeyKept.newBuilder()
                .setSubmitter(kept.submitter())
                .setKey(kept.key())
                .setDigest(ToWire.bytes(kept.digest()))
                .setJob(kept.job())
                .setTasks(kept.tasks())
                .setAt(ToWire.instant(kept.at()))
                .build();
    }

    static JobRestored jobRestored(Event.JobRestored job) {
        var record = JobRestored.newBuilder()
                .setJob(job.job())
                .setFresh(job.fresh())
                .addAllFinished(job.finished())
                .addAllFailed(job.failed())
                .addAllCancelled(job.cancelled());
        job.leases().forEach(lease -> record.addLeases(lease(lease)));
        job.histories().forEach(history -> record.addHistories(history(history)));
        if (job.finishedAt() != null) {
            record.setFinishedAt(ToWire.instant(job.finishedAt()));
        }
        if (job.rounds() != null) {
            record.setRounds(RoundsToJournal.rounds(job.rounds()));
        }
        return record.build();
    }

    private static LeaseRestored lease(Saved.Lease lease) {
        var record = LeaseRestored.newBuilder()
                .setAttempt(ToWire.attempt(lease.attempt()))
                .setInstance(uuid(lease.instance()))
                .setLeasedAt(ToWire.instant(lease.leasedAt()));
        if (lease.cancelReason() != null) {
            record.setCancelReason(lease.cancelReason());
        }
        return record.build();
    }

    static List<dev.ganger.coordinator.store.proto.AttemptRange> returned(List<AttemptRange> ranges) {
        return ranges.stream().map(each -> dev.ganger.coordinator.store.proto.AttemptRange.newBuilder().setFirst(each.first())
                .setLast(each.last()).build()).toList();
    }

    private static HistoryRestored history(Saved.History history) {
        var record = HistoryRestored.newBuilder()
                .setIndex(history.index())
                .setLastAttempt(history.lastAttempt())
                .setRetriesUsed(history.retriesUsed())
                .setCrashes(history.crashes())
                .setMoves(history.moves());
        history.unable().forEach(agent -> record.addUnable(uuid(agent)));
        history.shunned().forEach(agent -> record.addShunned(uuid(agent)));
        if (history.pause() != null) {
            record.setPause(RoundsToJournal.pause(history.pause()));
        }
        if (history.returned() != null) {
            record.setReturned(ReturnedAttempts.newBuilder().addAllRanges(returned(history.returned())));
        }
        history.attempts().forEach(attempt -> record.addAttempts(ViewsToWire.attempt(attempt)));
        return record.build();
    }
}
