package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** A row a batch, each with a checksum that continues the one before it. */
final class JournalTable {
    private final RowSource database;
    private long last;
    private long lastCrc;

    JournalTable(RowSource database) {
        this.database = database;
    }

    /** Gives the events of the rows after a snapshot, whose row had this checksum; checks every row, and that the last one is there. */
    long recover(long snapshot, long snapshotCrc, Consumer<Event.Durable> each) {
        last = snapshot;
        lastCrc = snapshotCrc;
        database.read("read the journal after row " + snapshot, statements -> {
            try (var rows = statements.with("SELECT * FROM journal WHERE number > ? ORDER BY number", snapshot).executeQuery()) {
                while (rows.next()) {
                    next(rows).forEach(each);
                }
            }
            checkHead(statements);
            return last;
        });
        return last;
    }

    private List<Event.Durable> next(ResultSet row) throws SQLException {
        var number = row.getLong("number");
        var previousCrc = row.getLong("previous_crc");
        var crc = row.getLong("crc");
        var body = row.getBytes("body");
        if (number != last + 1) {
            throw damaged(last + 1, "it is missing, and row %d comes next".formatted(number));
        }
        if (previousCrc != lastCrc) {
            throw damaged(number,
                    "it continues a row with checksum %08x, and row %d has %08x".formatted(previousCrc, last, lastCrc));
        }
        var found = Checksum.of(number, previousCrc, body);
        if (found != crc) {
            throw damaged(number, "it was written with checksum %08x, and now has %08x".formatted(crc, found));
        }
        last = number;
        lastCrc = crc;
        try {
            return EventCodec.decode(body);
        } catch (IllegalArgumentException unknown) {
            throw new StoreException(
                    "row %d of the journal in %s holds %s".formatted(number, database.file(), unknown.getMessage()),
                    unknown);
        }
    }

    private void checkHead(Statements statements) throws SQLException {
        var head = statements.number("SELECT number FROM journal_head", 0);
        var crc = statements.number("SELECT crc FROM journal_head", 0);
        if (head != last) {
            throw damaged(Math.min(head, last) + 1,
                    "the journal ends with row %d, and row %d was the last one".formatted(last, head));
        }
        if (crc != lastCrc) {
            throw damaged(last, "it has checksum %08x, and the last row had %08x".formatted(lastCrc, crc));
        }
    }

    private StoreException damaged(long number, String how) {
        return new StoreException("row %d of the journal in %s is damaged: %s; restore the data folder from a backup"
                .formatted(number, database.file(), how));
    }

    long next() {
        return last + 1;
    }

    /** The number of the row that was read or appended last. */
    long last() {
        return last;
    }

    /** Appends a row in the transaction that runs; it counts once {@link #appended} is called. */
    long append(Statements statements, byte[] body) throws SQLException {
        var number = next();
        var crc = Checksum.of(number, lastCrc, body);
        statements.run("INSERT INTO journal(number, previous_crc, crc, body) VALUES (?, ?, ?, ?)", number, lastCrc, crc, body);
        statements.run("UPDATE journal_head SET number = ?, crc = ?", number, crc);
        return crc;
    }

    void appended(long crc) {
        last++;
        lastCrc = crc;
    }
}
