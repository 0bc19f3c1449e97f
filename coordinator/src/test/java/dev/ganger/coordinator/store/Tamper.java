package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.store.proto.DoneRecord;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Changes what a coordinator kept, while none runs: as a bug, a bad disk or somebody with an editor would. */
public final class Tamper {
    private final Path database;

    private Tamper(Path database) {
        this.database = database;
    }

    public static Tamper withStore(Path folder) {
        return new Tamper(folder.resolve(SqliteStore.FILE));
    }

    public static Tamper withOutputIndex(Path folder) {
        return new Tamper(folder.resolve("output").resolve(SqliteOutputIndex.FILE));
    }

    /** Rows that were changed. */
    public int sql(String sql) {
        return on(statements -> statements.run(sql));
    }

    public long number(String sql) {
        return on(statements -> statements.number(sql, -1));
    }

    private <T> T on(Database.Work<T> work) {
        try (var statements = new Statements(DriverManager.getConnection("jdbc:sqlite:" + database))) {
            return work.on(statements);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Changes the events of every row, and makes all checksums fit again. */
    public void journal(UnaryOperator<List<Event.Durable>> change) {
        on(statements -> {
            var crc = 0L;
            var last = statements.number("SELECT max(number) FROM journal", 0);
            for (var number = 1L; number <= last; number++) {
                List<Event.Durable> events;
                try (var row = statements.with("SELECT body FROM journal WHERE number = ?", number).executeQuery()) {
                    row.next();
                    events = change.apply(EventCodec.decode(row.getBytes(1)));
                }
                var body = EventCodec.encode(events);
                var previous = crc;
                crc = Checksum.of(number, previous, body);
                statements.run("UPDATE journal SET previous_crc = ?, crc = ?, body = ? WHERE number = ?", previous, crc, body,
                        number);
            }
            statements.run("UPDATE journal_head SET crc = ?", crc);
            return last;
        });
    }

    /** Leaves out or replaces single events. */
    public void events(Function<Event.Durable, List<Event.Durable>> change) {
        journal(events -> events.stream().flatMap(event -> change.apply(event).stream()).toList());
    }

    /** Changes the records of every row of the done queue, and makes the checksums fit again. */
    public void results(UnaryOperator<Payload.Recorded> change) {
        on(statements -> {
            var positions = new ArrayList<Long>();
            try (var rows = statements.with("SELECT position FROM done_block").executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
            for (var position : positions) {
                byte[] old;
                try (var row = statements.with("SELECT body FROM done_block WHERE position = ?", position).executeQuery()) {
                    row.next();
                    old = row.getBytes(1);
                }
                var records = new ArrayList<DoneRecord>();
                for (var record : DoneCodec.decode(old)) {
                    records.add(record.hasCancelledRange()
                            ? record
                            : DoneCodec.record(change.apply(DoneCodec.recorded(record))));
                }
                var body = DoneCodec.encode(records);
                statements.run("UPDATE done_block SET body = ?, crc = ? WHERE position = ?", body,
                        Checksum.of(position, statements.number("SELECT count FROM done_block WHERE position = ?", 0, position),
                                body),
                        position);
            }
            return positions.size();
        });
    }

    /** Adds a row with one result. */
    public void addResult(Payload.Recorded recorded) {
        on(statements -> {
            var task = recorded.result().task();
            var position = recorded.result().position();
            var body = DoneCodec.encode(List.of(DoneCodec.record(recorded)));
            statements.run("INSERT INTO done_block VALUES (?, 1, ?, ?)", position, Checksum.of(position, 1, body), body);
            return statements.run("INSERT INTO done_span VALUES (?, ?, ?, ?)", task.job(), position, task.index(), task.index());
        });
    }
}
