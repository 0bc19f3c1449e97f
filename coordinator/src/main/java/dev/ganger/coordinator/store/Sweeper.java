package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/**
 * Removes what is no longer kept. The batch that says so only notes it; the rows go in small transactions on a thread of their own, so
 * that appends do not wait for a million of them. What a crash leaves is removed after the next start.
 */
final class Sweeper implements AutoCloseable {
    private static final int CHUNKS_AT_ONCE = 64;
    private static final int BLOCKS_AT_ONCE = 64;
    private static final String SOME_CHUNKS = """
            DELETE FROM entry_chunk WHERE (draft, first_entry) IN (
              SELECT draft, first_entry FROM entry_chunk WHERE draft = (SELECT min(draft) FROM swept_draft) LIMIT ?)""";
    private static final String SOME_BLOCKS = """
            DELETE FROM done_block WHERE position IN (SELECT position FROM swept_block ORDER BY position LIMIT ?1)
              AND NOT EXISTS (SELECT 1 FROM done_span WHERE done_span.position = done_block.position)""";

    private final Database database;
    private final Semaphore work = new Semaphore(1);
    private final Semaphore ended = new Semaphore(0);
    private volatile boolean closing;

    Sweeper(Database database) {
        this.database = database;
        Thread.ofPlatform().daemon().name("store-sweep").start(this::run);
    }

    /** Notes, in the transaction of a batch, what its events say is no longer kept. */
    static void note(Statements statements, Batch batch) throws SQLException {
        for (var event : batch.events()) {
            if (event instanceof Event.JobForgotten forgotten) {
                statements.run("INSERT OR IGNORE INTO swept_block SELECT position FROM done_span WHERE job = ?", forgotten.job());
                statements.run("DELETE FROM done_span WHERE job = ?", forgotten.job());
                EntryTable.drop(statements, forgotten.draft());
            }
        }
    }

    /** Whether a batch leaves something to remove, once it is durable. */
    static boolean concerns(Batch batch) {
        return batch.events().stream()
                .anyMatch(event -> event instanceof Event.JobForgotten || event instanceof Event.DraftDropped);
    }

    /** There is something to remove. */
    void wake() {
        work.release();
    }

    /** Whether something waits to be removed. */
    boolean hasWork() {
        return database.read("look for what is to be removed", statements -> statements.number(
                "SELECT EXISTS (SELECT 1 FROM swept_block) OR EXISTS (SELECT 1 FROM swept_draft)", 0)) != 0;
    }

    private void run() {
        try {
            while (!closing) {
                work.acquireUninterruptibly();
                work.drainPermits();
                while (!closing && sweepSome()) {
                    Thread.yield();
                }
            }
        } catch (StoreException failure) {
            // The next append throws it: its thread is the one that can end the process.
        } finally {
            ended.release();
        }
    }

    private boolean sweepSome() {
        return hasWork() && database.write("remove what is no longer kept", statements -> {
            if (statements.run(SOME_CHUNKS, CHUNKS_AT_ONCE) == 0) {
                statements.run("DELETE FROM swept_draft WHERE draft = (SELECT min(draft) FROM swept_draft)");
            }
            statements.run(SOME_BLOCKS, BLOCKS_AT_ONCE);
            statements.run(
                    "DELETE FROM swept_block WHERE position IN (SELECT position FROM swept_block ORDER BY position LIMIT ?1)",
                    BLOCKS_AT_ONCE);
            return true;
        });
    }

    @Override
    public void close() {
        closing = true;
        wake();
        ended.acquireUninterruptibly();
    }
}
