package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the newest complete snapshot and reads it. */
final class SnapshotReader {
    private static final String NEWEST = "SELECT coalesce(max(number), 0) FROM snapshot";

    private final RowSource database;

    SnapshotReader(RowSource database) {
        this.database = database;
    }

    /** Which batch a snapshot is of, and the checksum of that row of the journal. */
    record Newest(long number, long journalCrc) {}

    Newest newest() {
        return database.read("find the newest snapshot", statements -> {
            var number = statements.number(NEWEST, 0);
            return new Newest(number, statements.number("SELECT journal_crc FROM snapshot WHERE number = ?", 0, number));
        });
    }

    void recover(long number, Consumer<Event.Durable> each) {
        database.read("read snapshot " + number, statements -> {
            try (var in = new PartInput(statements, database.file(), number)) {
                for (var event = next(in, number); event != null; event = next(in, number)) {
                    each.accept(event);
                }
            }
            return number;
        });
    }

    private Event.@Nullable Durable next(PartInput in, long number) {
        try {
            return EventCodec.read(in);
        } catch (IllegalArgumentException unknown) {
            throw new StoreException("snapshot %d in %s holds %s".formatted(number, database.file(), unknown.getMessage()),
                    unknown);
        }
    }
}
