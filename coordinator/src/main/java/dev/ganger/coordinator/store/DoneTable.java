package dev.ganger.coordinator.store;

import dev.ganger.coordinator.store.proto.DoneRecord;
import dev.ganger.model.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The done queue, in blocks; spans say which block may have results of which tasks. */
final class DoneTable implements DoneQueue {
    private static final String END = "SELECT position + count FROM done_block ORDER BY position DESC LIMIT 1";
    private static final String FROM_THE_BLOCK_OF = """
            SELECT position, count, crc, body FROM done_block
            WHERE position >= coalesce((SELECT max(position) FROM done_block WHERE position <= ?1), ?1) ORDER BY position""";
    private static final String OF_TASKS = """
            SELECT b.position, b.count, b.crc, b.body FROM done_span s JOIN done_block b ON b.position = s.position
            WHERE s.job = ?1 AND s.smallest <= ?3 AND s.largest >= ?2 ORDER BY s.position""";
    private static final String JOBS_OF_BLOCK = "SELECT job FROM done_span WHERE position = ?";
    private static final String FIRST_OF_JOB = "SELECT position FROM done_span WHERE job = ? ORDER BY position LIMIT 1";

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
                    addResults(kept(records(rows), rows.getLong("position"), statements), from, limit, results);
                }
            }
            return results;
        });
    }

    /** A block stays as long as a job in it is kept; of the others nothing is shown. */
    private static List<DoneRecord> kept(List<DoneRecord> records, long position, Statements statements) throws SQLException {
        var jobs = new HashSet<Long>();
        try (var rows = statements.with(JOBS_OF_BLOCK, position).executeQuery()) {
            while (rows.next()) {
                jobs.add(rows.getLong(1));
            }
        }
        return records.stream().filter(record -> jobs.contains(job(record))).toList();
    }

    private static long job(DoneRecord record) {
        return record.hasCancelledRange() ? record.getCancelledRange().getJob() : record.getResult().getJob();
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
    public Map<Long, Result> findAll(long job, long first, long last) {
        var found = new TreeMap<Long, Result>();
        each(job, first, last, found::put);
        return found;
    }

    @Override
    public Map<Long, List<Result>> findEvery(long job, long first, long last) {
        var found = new TreeMap<Long, List<Result>>();
        each(job, first, last, (index, result) -> found.computeIfAbsent(index, _ -> new ArrayList<>()).add(result));
        return found;
    }

    /** In the order they were recorded. */
    private void each(long job, long first, long last, BiConsumer<Long, Result> heard) {
        understood("find results of job " + job, statements -> {
            try (var rows = statements.with(OF_TASKS, job, first, last).executeQuery()) {
                while (rows.next()) {
                    records(rows).forEach(record -> tell(record, job, first, last, heard));
                }
            }
            return job;
        });
    }

    private static void tell(DoneRecord record, long job, long first, long last, BiConsumer<Long, Result> heard) {
        if (record.hasCancelledRange()) {
            CancelledResults.tell(DoneCodec.cancelledRange(record), job, first, last, heard);
            return;
        }
        var index = record.getResult().getIndex();
        if (record.getResult().getJob() == job && index >= first && index <= last) {
            heard.accept(index, DoneCodec.result(record));
        }
    }

    @Override
    public long firstOf(long job) {
        return understood("find the first result of job " + job,
                statements -> statements.number(FIRST_OF_JOB, statements.number(END, 1), job));
    }

    @Override
    public long first() {
        return understood("find the first result",
                statements -> statements.number("SELECT min(position) FROM done_span", statements.number(END, 1)));
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
