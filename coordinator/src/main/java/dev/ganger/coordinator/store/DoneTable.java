package dev.ganger.coordinator.store;

import dev.ganger.coordinator.store.proto.DoneRecord;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The done queue, in blocks; spans say which block may have results of which tasks. */
final class DoneTable implements DoneQueue {
    private static final String END = "SELECT position + count FROM done_block ORDER BY position DESC LIMIT 1";
    private static final String FROM_THE_BLOCK_OF = """
            SELECT position, count, crc, body FROM done_block
            WHERE position >= coalesce((SELECT max(position) FROM done_block WHERE position <= ?1), ?1) ORDER BY position""";
    private static final String OF_TASK = """
            SELECT b.position, b.count, b.crc, b.body FROM done_span s JOIN done_block b ON b.position = s.position
            WHERE s.job = ?1 AND s.smallest <= ?2 AND s.largest >= ?2 ORDER BY s.position DESC""";

    private final Database database;

    DoneTable(Database database) {
        this.database = database;
    }

    void add(Statements statements, NewBlock block) throws SQLException {
        var position = block.position();
        var body = block.body();
        if (position < statements.number(END, 0)) {
            throw new AssertionError("positions of the done queue only grow: %d is used".formatted(position));
        }
        statements.runAndForget("INSERT INTO done_block(position, count, crc, body) VALUES (?, ?, ?, ?)", position, block.count(),
                Checksum.of(position, block.count(), body), body);
        for (var span : block.spans().entrySet()) {
            statements.run("INSERT INTO done_span(job, position, smallest, largest) VALUES (?, ?, ?, ?)", span.getKey(), position,
                    span.getValue().smallest(), span.getValue().largest());
        }
    }

    @Override
    public List<Result> read(long from, int limit) {
        var results = new ArrayList<Result>(Math.min(limit, 1024));
        return understood("read results from position " + from, statements -> {
            try (var rows = statements.with(FROM_THE_BLOCK_OF, from).executeQuery()) {
                while (results.size() < limit && rows.next()) {
                    addResults(records(rows), from, limit, results);
                }
            }
            return results;
        });
    }

    private static void addResults(List<DoneRecord> records, long from, int limit, List<Result> into) {
        for (var record : records) {
            if (into.size() >= limit) {
                return;
            }
            if (record.hasCancelledRange()) {
                CancelledResults.expand(DoneCodec.cancelledRange(record), from, limit, into);
            } else if (record.getResult().getPosition() >= from) {
                into.add(DoneCodec.result(record));
            }
        }
    }

    @Override
    public @Nullable Result find(TaskId task) {
        var found = understood("find the result of task " + task, statements -> {
            try (var rows = statements.with(OF_TASK, task.job(), task.index()).executeQuery()) {
                while (rows.next()) {
                    var result = last(records(rows), task);
                    if (result != null) {
                        return List.of(result);
                    }
                }
            }
            return List.<Result>of();
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    private static @Nullable Result last(List<DoneRecord> records, TaskId task) {
        for (var record : records.reversed()) {
            if (record.hasCancelledRange()) {
                var result = CancelledResults.find(DoneCodec.cancelledRange(record), task);
                if (result != null) {
                    return result;
                }
            } else if (record.getResult().getIndex() == task.index() && record.getResult().getJob() == task.job()) {
                return DoneCodec.result(record);
            }
        }
        return null;
    }

    private List<DoneRecord> records(ResultSet row) throws SQLException {
        var position = row.getLong("position");
        var count = row.getLong("count");
        var crc = row.getLong("crc");
        var body = row.getBytes("body");
        var found = Checksum.of(position, count, body);
        if (found != crc) {
            throw new StoreException(
                    "the results from position %d on in %s are damaged: they were written with checksum %08x, and now have %08x; restore the data folder from a backup"
                            .formatted(position, database.file(), crc, found));
        }
        return DoneCodec.decode(body);
    }

    private <T> T understood(String what, Database.Work<T> work) {
        try {
            return database.read(what, work);
        } catch (IllegalArgumentException unknown) {
            throw new StoreException("cannot %s in %s: %s".formatted(what, database.file(), unknown.getMessage()), unknown);
        }
    }
}
