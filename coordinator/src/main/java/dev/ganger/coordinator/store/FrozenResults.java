package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The done queue of one moment, row by row. */
final class FrozenResults {
    private static final String ROWS = "SELECT position, count, crc, body FROM done_block WHERE position >= ? ORDER BY position LIMIT ?";
    private static final String FURTHER_ROWS = "SELECT position, count, crc, body FROM done_block WHERE position >= ? ORDER BY position";
    private static final String SPANS = "SELECT job, smallest, largest FROM done_span WHERE position = ?";
    private static final String SPANS_WITHOUT_ROW = """
            SELECT s.job, s.position FROM done_span s WHERE NOT EXISTS (SELECT 1 FROM done_block b WHERE b.position = s.position)""";

    private final RowSource database;

    FrozenResults(RowSource database) {
        this.database = database;
    }

    /** Gives the rows from a position on, at most so many; tells of those that are damaged. */
    void each(long from, long most, Consumer<String> faults, Consumer<DoneRow> row) {
        database.read("read the done queue", statements -> {
            try (var rows = statements.with(ROWS, from, most).executeQuery()) {
                while (rows.next()) {
                    row.accept(row(rows, statements, faults));
                }
            }
            return from;
        });
    }

    private static DoneRow row(ResultSet rows, Statements statements, Consumer<String> faults) throws SQLException {
        var position = rows.getLong("position");
        var count = rows.getLong("count");
        var body = rows.getBytes("body");
        var spans = spans(statements, position);
        var found = Checksum.of(position, count, body);
        try {
            if (found == rows.getLong("crc")) {
                return new DoneRow(position, count, records(body), DoneCodec.namesReturned(body), spans);
            }
            faults.accept("the results from position %d on are damaged: they were written with checksum %08x, and now have %08x"
                    .formatted(position, rows.getLong("crc"), found));
        } catch (IllegalArgumentException malformed) {
            faults.accept("the results from position %d on cannot be read: %s".formatted(position, malformed.getMessage()));
        }
        return new DoneRow(position, count, null, true, spans);
    }

    private static List<Payload> records(byte[] body) {
        var records = new ArrayList<Payload>();
        for (var record : DoneCodec.decode(body)) {
            records.add(record.hasCancelledRange() ? DoneCodec.cancelledRange(record) : DoneCodec.recorded(record));
        }
        return records;
    }

    private static Map<Long, DoneRow.Span> spans(Statements statements, long position) throws SQLException {
        var spans = new HashMap<Long, DoneRow.Span>();
        try (var rows = statements.with(SPANS, position).executeQuery()) {
            while (rows.next()) {
                spans.put(rows.getLong(1), new DoneRow.Span(rows.getLong(2), rows.getLong(3)));
            }
        }
        return spans;
    }

    /** Tells of results that are looked for in rows that are not there. */
    void eachSpanWithoutRow(Consumer<String> faults) {
        database.read("look for missing results", statements -> {
            try (var rows = statements.with(SPANS_WITHOUT_ROW).executeQuery()) {
                while (rows.next()) {
                    faults.accept("the results from position %d on are missing, and job %d has some there"
                            .formatted(rows.getLong(2), rows.getLong(1)));
                }
            }
            return 0;
        });
    }

    /** Finds results in the order of their positions; to be closed. */
    Walk walk() {
        return new Walk();
    }

    /** One way through the done queue. */
    final class Walk implements StoreMoment.ResultWalk {
        private @Nullable ResultSet rows;
        private final Deque<Payload> ahead = new ArrayDeque<>();
        private boolean namesReturned;

        @Override
        public StoreMoment.@Nullable Found at(long position) {
            database.read("read the result at position " + position, statements -> {
                var reading = rows;
                if (reading == null) {
                    reading = statements.with(FURTHER_ROWS, first(position, statements)).executeQuery();
                    rows = reading;
                }
                skip(position);
                while (ahead.isEmpty() && reading.next()) {
                    take(reading);
                    skip(position);
                }
                return position;
            });
            return found(position);
        }

        private static long first(long position, Statements statements) throws SQLException {
            return statements.number("SELECT max(position) FROM done_block WHERE position <= ?", position, position);
        }

        private void take(ResultSet row) throws SQLException {
            var body = row.getBytes("body");
            if (Checksum.of(row.getLong("position"), row.getLong("count"), body) == row.getLong("crc")) {
                try {
                    ahead.addAll(records(body));
                    namesReturned = DoneCodec.namesReturned(body);
                } catch (IllegalArgumentException _) {
                    ahead.clear();
                }
            }
        }

        private void skip(long position) {
            while (!ahead.isEmpty() && end(ahead.getFirst()) <= position) {
                ahead.removeFirst();
            }
        }

        private StoreMoment.@Nullable Found found(long position) {
            var first = ahead.peekFirst();
            if (first instanceof Payload.Recorded recorded && recorded.result().position() == position) {
                return new StoreMoment.Found(recorded, namesReturned);
            }
            if (first instanceof Payload.CancelledRange range && range.position() <= position) {
                var results = new ArrayList<Result>(1);
                CancelledResults.expand(range, position, 1, results);
                return new StoreMoment.Found(new Payload.Recorded(results.getFirst(), List.of()), true);
            }
            return null;
        }

        private static long end(Payload record) {
            return switch (record) {
                case Payload.Recorded(var result, _) -> result.position() + 1;
                case Payload.CancelledRange range -> range.position() + range.indices().count();
                case Payload.EntryChunk _ -> throw new AssertionError("no entries are among results");
            };
        }

        @Override
        public void close() {
            var reading = rows;
            if (reading != null) {
                database.read("end reading results", _ -> {
                    reading.close();
                    return 0;
                });
            }
        }
    }
}
