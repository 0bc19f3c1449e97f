package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Pause;
import dev.ganger.coordinator.core.Saved;
import dev.ganger.coordinator.store.proto.BackedOff;
import dev.ganger.coordinator.store.proto.Held;
import dev.ganger.coordinator.store.proto.Released;
import dev.ganger.coordinator.store.proto.Retried;
import dev.ganger.coordinator.store.proto.RoundsRestored;
import dev.ganger.model.IndexRange;
import dev.ganger.wire.FromWire;
import java.util.List;

/** From what is kept of holding, waiting and rounds to them. */
final class RoundsFromJournal {
    private RoundsFromJournal() {}

    static Event.Held held(Held record) {
        return new Event.Held(record.getJob(), ranges(record.getIndicesList()), record.getReason(),
                FromWire.instant(record.getAt()));
    }

    static Event.Released released(Released record) {
        return new Event.Released(record.getJob(), ranges(record.getIndicesList()), FromWire.instant(record.getAt()));
    }

    static Event.Retried retried(Retried record) {
        return new Event.Retried(record.getJob(), ranges(record.getIndicesList()), record.getReason(),
                FromWire.instant(record.getAt()));
    }

    static Event.BackedOff backedOff(BackedOff record) {
        return new Event.BackedOff(record.getJob(), ranges(record.getIndicesList()));
    }

    private static List<IndexRange> ranges(List<dev.ganger.proto.v1.IndexRange> records) {
        return records.stream().map(FromWire::range).toList();
    }

    static Saved.Rounds rounds(RoundsRestored record) {
        return new Saved.Rounds(record.getTriedList(),
                record.getEarlierList().stream()
                        .map(each -> new Saved.Earlier(each.getFirst(), each.getLast(), each.getRounds(),
                                each.getAttempts()))
                        .toList(),
                record.getHoldsList().stream().map(each -> new Saved.Hold(each.getReason(), each.getTasksList()))
                        .toList(),
                record.getResults(), record.getFailures());
    }

    static Pause pause(dev.ganger.coordinator.store.proto.Pause record) {
        return new Pause(FromWire.instant(record.getSince()), FromWire.instant(record.getUntil()));
    }
}
