package dev.ganger.coordinator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/**
 * Moves what is in the write-ahead log into the database, on a thread of its own, so that the log stays small and appends do not wait
 * for it: most is moved while they go on, and only what came meanwhile is moved while they pause, for the log to begin anew.
 */
final class Checkpointer implements AutoCloseable {
    /** A log that is larger, because somebody always reads from it, makes appends wait for the readers. */
    private static final long TOO_LARGE_BYTES = 4 * LogGrowth.DUE_BYTES;
    /** Not longer: whoever looks at one moment of the database from outside, as 'ganger verify' does, may hold it for a minute. */
    private static final int WAIT_FOR_READERS_MILLIS = 50;

    private final Database database;
    private final LogGrowth growth;
    private final Statements statements;
    private final Path log;
    private final Semaphore ended = new Semaphore(0);
    private volatile boolean closing;

    Checkpointer(Database database, LogGrowth growth) {
        this.database = database;
        this.growth = growth;
        this.log = Path.of(database.file() + "-wal");
        try {
            this.statements = database.connect();
            statements.once("PRAGMA busy_timeout = " + WAIT_FOR_READERS_MILLIS);
        } catch (SQLException cause) {
            throw Failure.of(database.file(), "prepare checkpoints", cause);
        }
        Thread.ofPlatform().daemon().name("store-checkpoint").start(this::work);
    }

    private void work() {
        growth.awaitDue();
        while (!closing) {
            checkpoint("PASSIVE");
            database.withoutWriters(() -> checkpoint(isTooLarge() ? "RESTART" : "PASSIVE"));
            growth.awaitDue();
        }
        ended.release();
    }

    private void checkpoint(String mode) {
        try {
            statements.number("PRAGMA wal_checkpoint(" + mode + ")", 0);
        } catch (SQLException cause) {
            // The next append throws it: its thread is the one that can end the process.
            var _ = database.broken("make a checkpoint", cause);
        }
    }

    private boolean isTooLarge() {
        try {
            return Files.size(log) > TOO_LARGE_BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        growth.makeDue();
        ended.acquireUninterruptibly();
        try {
            statements.close();
        } catch (SQLException cause) {
            throw Failure.of(database.file(), "end checkpoints", cause);
        }
    }
}
