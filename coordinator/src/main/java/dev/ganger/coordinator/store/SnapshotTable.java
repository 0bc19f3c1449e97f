package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The state after a row of the journal, as events, in parts; complete when the row of the snapshot itself is there. */
final class SnapshotTable {
    /** Rows of the journal that are forgotten in one transaction. */
    private static final int ROWS_AT_ONCE = 256;
    /** Parts that are forgotten in one transaction. */
    private static final int PARTS_AT_ONCE = 16;

    private final Database database;
    private final SnapshotReader reader;
    private final ReentrantLock writing = new ReentrantLock();

    SnapshotTable(Database database) {
        this.database = database;
        this.reader = new SnapshotReader(database);
    }

    SnapshotReader.Newest newest() {
        return reader.newest();
    }

    void recover(long number, Consumer<Event.Durable> each) {
        reader.recover(number, each);
    }

    void write(long number, List<Event.Durable> events) {
        writing.lock();
        try {
            if (number > newest().number()) {
                forgetParts(newest().number());
                writeParts(number, events);
                forgetBefore(number);
            }
        } finally {
            writing.unlock();
        }
    }

    private void writeParts(long number, List<Event.Durable> events) {
        try (var out = new PartOutput(database, number)) {
            for (var event : events) {
                EventCodec.write(event, out);
            }
            out.complete();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Ends what a snapshot began when the process died. */
    void tidy() {
        var newest = newest().number();
        forgetParts(newest);
        forgetBefore(newest);
    }

    private void forgetBefore(long number) {
        forgetParts(number);
        repeat("forget the journal up to row " + number, ROWS_AT_ONCE,
                "DELETE FROM journal WHERE number IN (SELECT number FROM journal WHERE number <= ? ORDER BY number LIMIT ?)",
                number);
    }

    private void forgetParts(long except) {
        repeat("forget snapshots but " + except, PARTS_AT_ONCE,
                "DELETE FROM snapshot_part WHERE rowid IN (SELECT rowid FROM snapshot_part WHERE number <> ? LIMIT ?)", except);
    }

    /** Small transactions, so that appends go on between them. */
    private void repeat(String what, int atOnce, String sql, long number) {
        var deleted = atOnce;
        while (deleted == atOnce) {
            deleted = database.write(what, statements -> statements.run(sql, number, atOnce));
        }
    }
}
