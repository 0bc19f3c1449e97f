package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Pause;
import dev.ganger.coordinator.core.Saved;
import dev.ganger.coordinator.store.proto.BackedOff;
import dev.ganger.coordinator.store.proto.EarlierRounds;
import dev.ganger.coordinator.store.proto.EventRecord;
import dev.ganger.coordinator.store.proto.Held;
import dev.ganger.coordinator.store.proto.HoldRestored;
import dev.ganger.coordinator.store.proto.Released;
import dev.ganger.coordinator.store.proto.Retried;
import dev.ganger.coordinator.store.proto.RoundsRestored;
import dev.ganger.model.IndexRange;
import dev.ganger.wire.ToWire;
import java.util.List;

/** From holding, waiting and rounds to what is kept of them. */
final class RoundsToJournal {
    private RoundsToJournal() {}

    static void put(Event.OfTasks event, EventRecord.Builder into) {
        switch (event) {
            case Event.Held held -> into.setHeld(held(held));
            case Event.Released released -> into.setReleased(released(released));
            case Event.Retried retried -> into.setRetried(retried(retried));
            case Event.BackedOff over -> into.setBackedOff(backedOff(over));
        }
    }

    private static Held held(Event.Held held) {
        return Held.newBuilder().setJob(held.job()).addAllIndices(ranges(held.indices())).setReason(held.reason())
                .setAt(ToWire.instant(held.at())).build();
    }

    private static Released released(Event.Released released) {
        return Released.newBuilder().setJob(released.job()).addAllIndices(ranges(released.indices()))
                .setAt(ToWire.instant(released.at())).build();
    }

    private static Retried retried(Event.Retried retried) {
        return Retried.newBuilder().setJob(retried.job()).addAllIndices(ranges(retried.indices())).setReason(retried.reason())
                .setAt(ToWire.instant(retried.at())).build();
    }

    private static BackedOff backedOff(Event.BackedOff over) {
        return BackedOff.newBuilder().setJob(over.job()).addAllIndices(ranges(over.indices())).build();
    }

    private static List<dev.ganger.proto.v1.IndexRange> ranges(List<IndexRange> ranges) {
        return ranges.stream().map(ToWire::range).toList();
    }

    static RoundsRestored rounds(Saved.Rounds rounds) {
        var record = RoundsRestored.newBuilder().addAllTried(rounds.tried()).setResults(rounds.results())
                .setFailures(rounds.failures());
        for (var each : rounds.earlier()) {
            record.addEarlier(EarlierRounds.newBuilder().setFirst(each.first()).setLast(each.last()).setRounds(each.rounds())
                    .setAttempts(each.attempts()));
        }
        for (var hold : rounds.holds()) {
            record.addHolds(HoldRestored.newBuilder().setReason(hold.reason()).addAllTasks(hold.tasks()));
        }
        return record.build();
    }

    static dev.ganger.coordinator.store.proto.Pause pause(Pause pause) {
        return dev.ganger.coordinator.store.proto.Pause.newBuilder().setSince(ToWire.instant(pause.since()))
                .setUntil(ToWire.instant(pause.until())).build();
    }
}
