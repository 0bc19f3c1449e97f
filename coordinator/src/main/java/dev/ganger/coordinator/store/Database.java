package dev.ganger.coordinator.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One SQLite database: one connection that writes, some that read at the same time. */
final class Database implements RowSource, AutoCloseable {
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int WAL_KEPT_BYTES = 64 * 1024 * 1024;

    private final Path file;
    private final LogGrowth growth;
    private final Purpose purpose;
    /** Fair, so that what is appended waits for one other transaction at most. */
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Statements writer;
    private final Semaphore freeReaders = new Semaphore(READERS, true);
    private final ConcurrentLinkedDeque<Statements> readers = new ConcurrentLinkedDeque<>();
    private volatile @Nullable StoreException failure;
    private volatile boolean closed;

    /** What it is for, which says how it is treated. */
    enum Purpose {
        /** Everything that was acknowledged: nothing is written after a failure. Others make the checkpoints. */
        COORDINATOR(Schema.COORDINATOR, true),
        /** What could be found out again: after a failure the next transaction is tried. */
        OUTPUT_INDEX(Schema.OUTPUT_INDEX, false);

        private final Schema schema;
        private final boolean isBrokenForEver;

        Purpose(Schema schema, boolean isBrokenForEver) {
            this.schema = schema;
            this.isBrokenForEver = isBrokenForEver;
        }
    }

    private Database(Path file, LogGrowth growth, Purpose purpose) throws SQLException {
        this.file = file;
        this.growth = growth;
        this.purpose = purpose;
        this.writer = connect();
        try {
            writer.once("PRAGMA cache_size = -" + CACHE_KIB);
            purpose.schema.prepare(writer, file);
            for (var number = 0; number < READERS; number++) {
                var reader = connect();
                readers.add(reader);
                reader.once("PRAGMA query_only = TRUE");
            }
        } catch (SQLException | RuntimeException cause) {
            closeConnections();
            throw cause;
        }
    }

    static Database open(Path file, LogGrowth growth) {
        return open(file, growth, Purpose.COORDINATOR);
    }

    static Database open(Path file, LogGrowth growth, Purpose purpose) {
        try {
            return new Database(file, growth, purpose);
        } catch (SQLException cause) {
            throw Failure.of(file, "open the database", cause);
        }
    }

    /** A further connection, for checkpoints. */
    Statements connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        var statements = new Statements(config.createConnection("jdbc:sqlite:" + file));
        if (purpose == Purpose.COORDINATOR) {
            statements.once("PRAGMA wal_autocheckpoint = 0");
        }
        statements.once("PRAGMA journal_size_limit = " + WAL_KEPT_BYTES);
        return statements;
    }

    /** What is done with a connection. */
    interface Work<T> {
        T on(Statements statements) throws SQLException;
    }

    /** One transaction: when this returns it is durable; when it throws nothing of it is, or the disk failed and nothing is known. */
    <T> T write(String what, Work<T> work) {
        lock.lock();
        try {
            refuseIfBroken();
            return transaction(what, work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T transaction(String what, Work<T> work) {
        var committed = false;
        try {
            writer.run("BEGIN IMMEDIATE");
            var answer = work.on(writer);
            writer.run("COMMIT");
            committed = true;
            growth.written(writer.takeBytes());
            return answer;
        } catch (SQLException cause) {
            throw broken(what, cause);
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            writer.run("ROLLBACK");
        } catch (SQLException _) {
            // SQLite has rolled back already: what made it do so is being thrown.
        }
    }

    /** Runs while nothing is written, outside any transaction. */
    void withoutWriters(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        freeReaders.acquireUninterruptibly();
        try {
            if (closed) {
                throw new StoreException("cannot %s in %s: it is closed".formatted(what, file));
            }
            var reader = readers.remove();
            try {
                return work.on(reader);
            } finally {
                readers.add(reader);
            }
        } catch (SQLException cause) {
            throw Failure.of(file, what, cause);
        } finally {
            freeReaders.release();
        }
    }

    /** Remembers a failure of the disk, so that nothing is written after it. */
    StoreException broken(String what, SQLException cause) {
        var broken = Failure.of(file, what, cause);
        if (purpose.isBrokenForEver) {
            failure = broken;
        }
        return broken;
    }

    private void refuseIfBroken() {
        if (closed) {
            throw new StoreException("cannot write to %s: it is closed".formatted(file));
        }
        var before = failure;
        if (before != null) {
            throw new StoreException("nothing is written to %s after a failure: %s".formatted(file, before.getMessage()), before);
        }
    }

    @Override
    public Path file() {
        return file;
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        lock.lock();
        freeReaders.acquireUninterruptibly(READERS);
        try {
            if (!closed) {
                closed = true;
                closeConnections();
            }
        } catch (SQLException cause) {
            throw Failure.of(file, "close the database", cause);
        } finally {
            freeReaders.release(READERS);
            lock.unlock();
        }
    }

    private void closeConnections() throws SQLException {
        for (var reader : readers) {
            reader.close();
        }
        writer.close();
    }
}
