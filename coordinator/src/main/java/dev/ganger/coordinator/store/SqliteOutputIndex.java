package dev.ganger.coordinator.store;

import dev.ganger.coordinator.output.Chain;
import dev.ganger.coordinator.output.OutputException;
import dev.ganger.coordinator.output.OutputIndex;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The index of output in a SQLite database of its own beside the segments; a damaged one is made anew from them. */
public final class SqliteOutputIndex implements OutputIndex {
    static final String FILE = "output.db";
    private static final Logger LOG = LoggerFactory.getLogger(SqliteOutputIndex.class);
    private static final int PRIMARY_CODE = 0xff;

    private static final String CHAINS = """
            SELECT c.job, c.task, c.attempt, c.name, c.first, c.end, c.segment, s.generation, c.last, c.bytes
            FROM chain c JOIN segment s ON s.number = c.segment
            """;
    private static final String OF_STREAM = CHAINS + "WHERE c.job = ? AND c.task = ? AND c.attempt = ? AND c.name = ? ";
    private static final String LAST = OF_STREAM + "ORDER BY c.first DESC LIMIT 1";
    /** One statement sees one moment: between two, the chain that holds the offset can come, and the next one would be taken for it. */
    private static final String FROM = CHAINS + """
            WHERE c.job = ?1 AND c.task = ?2 AND c.attempt = ?3 AND c.name = ?4 AND c.end > ?5 AND c.first >= coalesce(
              (SELECT max(first) FROM chain WHERE job = ?1 AND task = ?2 AND attempt = ?3 AND name = ?4 AND first <= ?5), ?5)
            ORDER BY c.first LIMIT 1""";
    private static final String OF_SEGMENTS = CHAINS.replace("chain c", "chain c INDEXED BY chain_of_segment") + """
            WHERE c.segment BETWEEN ? AND ? ORDER BY c.job, c.task, c.attempt, c.name, c.first""";
    private static final String STREAMS = """
            SELECT DISTINCT job, task, attempt, name FROM chain WHERE job = ? AND task BETWEEN ? AND ?
            ORDER BY job, task, attempt, name""";
    private static final String JOBS = """
            WITH RECURSIVE found(job) AS (SELECT min(job) FROM chain
              UNION ALL SELECT (SELECT min(job) FROM chain WHERE job > found.job) FROM found WHERE found.job IS NOT NULL)
            SELECT job FROM found WHERE job IS NOT NULL""";
    private static final String WRONG_SUMS = """
            SELECT s.number, s.alive, (SELECT coalesce(sum(c.bytes), 0) FROM chain c WHERE c.segment = s.number) AS found
            FROM segment s WHERE s.alive <> found""";
    private static final String STRAYS = """
            SELECT job, task, attempt, name, segment FROM chain c
            WHERE NOT EXISTS (SELECT 1 FROM segment s WHERE s.number = c.segment)""";
    private static final String COUNT = """
            SELECT count(*) FROM (SELECT DISTINCT job, task, attempt, name FROM chain)""";
    private static final String KEEP = """
            INSERT INTO chain(job, task, attempt, name, first, end, segment, last, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (job, task, attempt, name, first) DO UPDATE
            SET end = excluded.end, segment = excluded.segment, last = excluded.last, bytes = excluded.bytes""";
    private static final String TRIM = "DELETE FROM chain WHERE job = ? AND task = ? AND attempt = ? AND name = ? AND first >= ? AND end <= ?";
    private static final String DROP = "DELETE FROM chain WHERE job = ? AND task = ? AND attempt = ? AND name = ? AND segment <= ?";
    private static final String FORGET = """
            DELETE FROM chain WHERE (job, task, attempt, name, first) IN
            (SELECT job, task, attempt, name, first FROM chain WHERE job = ? AND segment <= ? LIMIT ?)""";
    private static final String INDEXED = """
            INSERT INTO segment(number, generation, indexed, alive) VALUES (?, ?, ?, 0)
            ON CONFLICT (number) DO UPDATE SET generation = excluded.generation, indexed = excluded.indexed""";

    private final Database database;

    private SqliteOutputIndex(Database database) {
        this.database = database;
    }

    /** In the folder of the segments, which is made if it is not there; the library of SQLite is where the coordinator's store put it. */
    public static SqliteOutputIndex open(Path folder) {
        var file = folder.resolve(FILE);
        try {
            SqliteStore.make(folder);
            return new SqliteOutputIndex(database(file));
        } catch (StoreException | IOException cause) {
            throw new OutputException(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * A copy, in the scratch folder, of the index in the folder of the segments, which is not written to; empty if there is none, or if it
     * is damaged, which is told.
     */
    public static SqliteOutputIndex copyOf(Path folder, Path scratch, Consumer<String> faults) {
        var file = folder.resolve(FILE);
        if (Files.exists(file)) {
            try (var frozen = FrozenDatabase.open(file, Schema.OUTPUT_INDEX, scratch.resolve("copied"))) {
                frozen.copyTo(scratch.resolve(FILE));
            } catch (StoreException cause) {
                if (!isDamage(cause)) {
                    throw cause;
                }
                faults.accept("the index of output is damaged, and a coordinator makes it anew from the segments: "
                        + cause.getMessage());
            }
        }
        return open(scratch);
    }

    /** Sentences about what its tables say of each other and is not so. */
    public List<String> contradictions() {
        return read("check the index of output", statements -> {
            var found = new ArrayList<String>();
            try (var rows = statements.with(WRONG_SUMS).executeQuery()) {
                while (rows.next()) {
                    found.add("the index of output counts %d bytes in segment %d, and its rows add up to %d"
                            .formatted(rows.getLong(2), rows.getLong(1), rows.getLong(3)));
                }
            }
            try (var rows = statements.with(STRAYS).executeQuery()) {
                while (rows.next()) {
                    found.add("the index of output has %s in segment %d, which it does not know"
                            .formatted(stream(rows), rows.getLong(5)));
                }
            }
            return found;
        });
    }

    /** How many streams it knows, and how many bytes of them. */
    public Extent extent() {
        return read("measure the index of output", statements -> new Extent(statements.number(COUNT, 0),
                statements.number("SELECT sum(end - first) FROM chain", 0)));
    }

    /** Streams, and their bytes. */
    public record Extent(long streams, long bytes) {}

    private static Database database(Path file) throws IOException {
        try {
            return Database.open(file, new LogGrowth(), Database.Purpose.OUTPUT_INDEX);
        } catch (StoreException cause) {
            if (!isDamage(cause)) {
                throw cause;
            }
            LOG.warn("the index of output is made anew from the segments: {}", cause.getMessage());
            for (var suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(file + suffix));
            }
            return Database.open(file, new LogGrowth(), Database.Purpose.OUTPUT_INDEX);
        }
    }

    private static boolean isDamage(StoreException cause) {
        return cause.getCause() instanceof SQLiteException sqlite
                && switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)) {
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
                    default -> false;
                };
    }

    @Override
    public @Nullable Chain last(StreamId stream) {
        return firstOf(read("find the end of " + stream, statements -> atMostOne(statements, LAST, key(stream))));
    }

    @Override
    public @Nullable Chain from(StreamId stream, long offset) {
        return firstOf(read("find offset " + offset + " of " + stream,
                statements -> atMostOne(statements, FROM, key(stream, offset))));
    }

    private static @Nullable Chain firstOf(List<Chain> chains) {
        return chains.isEmpty() ? null : chains.getFirst();
    }

    @Override
    public List<StreamId> streams(long job, long first, long last) {
        return read("list the output of job " + job, statements -> {
            var found = new ArrayList<StreamId>();
            try (var rows = statements.with(STREAMS, job, first, last).executeQuery()) {
                while (rows.next()) {
                    found.add(stream(rows));
                }
            }
            return found;
        });
    }

    @Override
    public Set<Long> jobs() {
        return read("list the jobs with output", statements -> {
            var found = new HashSet<Long>();
            try (var rows = statements.with(JOBS).executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
            return found;
        });
    }

    @Override
    public List<Indexed> segments() {
        return read("list the segments", statements -> {
            var found = new ArrayList<Indexed>();
            try (var rows = statements.with("SELECT number, generation, indexed, alive FROM segment ORDER BY number")
                    .executeQuery()) {
                while (rows.next()) {
                    found.add(new Indexed(rows.getLong(1), rows.getInt(2), rows.getLong(3), rows.getLong(4)));
                }
            }
            return found;
        });
    }

    @Override
    public List<Chain> chains(long firstSegment, long lastSegment) {
        return read("list the chains of segments from " + firstSegment, statements -> {
            var found = new ArrayList<Chain>();
            try (var rows = statements.with(OF_SEGMENTS, firstSegment, lastSegment).executeQuery()) {
                while (rows.next()) {
                    found.add(chain(rows));
                }
            }
            return found;
        });
    }

    @Override
    public void write(List<Chain> chains, List<Trim> trims, List<Indexed> indexed) {
        change("index output", statements -> {
            put(statements, indexed, chains);
            for (var trim : trims) {
                statements.run(TRIM, key(trim.stream(), trim.from(), trim.to()));
            }
            return 0;
        });
    }

    private static void put(Statements statements, List<Indexed> indexed, List<Chain> chains) throws SQLException {
        for (var row : indexed) {
            statements.run(INDEXED, row.segment(), row.generation(), row.to());
        }
        for (var chain : chains) {
            statements.run(KEEP, key(chain.stream(), chain.first(), chain.end(), chain.segment(), chain.last(), chain.bytes()));
        }
    }

    @Override
    public boolean forget(long job, long lastSegment, int most) {
        return change("forget job " + job, statements -> statements.run(FORGET, job, lastSegment, most)) == most;
    }

    @Override
    public void drop(StreamId stream, long lastSegment) {
        change("drop " + stream, statements -> statements.run(DROP, key(stream, lastSegment)));
    }

    @Override
    public void replace(long firstSegment, long lastSegment, List<Indexed> by, List<Chain> chains) {
        change("replace segments from " + firstSegment, statements -> {
            statements.run("DELETE FROM chain WHERE segment BETWEEN ? AND ?", firstSegment, lastSegment);
            statements.run("DELETE FROM segment WHERE number BETWEEN ? AND ?", firstSegment, lastSegment);
            put(statements, by, chains);
            return 0;
        });
    }

    private static List<Chain> atMostOne(Statements statements, String sql, Object... parameters) throws SQLException {
        try (var rows = statements.with(sql, parameters).executeQuery()) {
            return rows.next() ? List.of(chain(rows)) : List.of();
        }
    }

    private static Object[] key(StreamId stream, Object... more) {
        var key = new Object[4 + more.length];
        key[0] = stream.attempt().job();
        key[1] = stream.attempt().index();
        key[2] = stream.attempt().number();
        key[3] = switch (stream.name()) {
            case STDOUT -> 1;
            case STDERR -> 2;
        };
        System.arraycopy(more, 0, key, 4, more.length);
        return key;
    }

    private static StreamId stream(ResultSet row) throws SQLException {
        var attempt = new AttemptId(row.getLong(1), row.getLong(2), row.getInt(3));
        return new StreamId(attempt, row.getInt(4) == 1 ? StreamName.STDOUT : StreamName.STDERR);
    }

    private static Chain chain(ResultSet row) throws SQLException {
        return new Chain(stream(row), row.getLong(7), row.getInt(8), row.getLong(5), row.getLong(6), row.getInt(9),
                row.getLong(10));
    }

    private <T> T read(String what, Database.Work<T> work) {
        try {
            return database.read(what, work);
        } catch (StoreException cause) {
            throw new OutputException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private <T> T change(String what, Database.Work<T> work) {
        try {
            return database.write(what, work);
        } catch (StoreException cause) {
            throw new OutputException(String.valueOf(cause.getMessage()), cause);
        }
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (StoreException cause) {
            throw new OutputException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
