package dev.ganger.coordinator.store;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** About how much was written to the write-ahead log since the last checkpoint, and whether the next one is due. */
final class LogGrowth {
    /** So much written makes a checkpoint due. */
    static final long DUE_BYTES = 16L * 1024 * 1024;
    /** What a transaction adds to the log beside its bodies: some pages of tables and indices. */
    private static final long TRANSACTION_BYTES = 20 * 1024;

    private final AtomicLong written = new AtomicLong();
    private final Semaphore due = new Semaphore(0);

    /** A transaction with bodies of so many bytes is in the log. */
    void written(long bytes) {
        var added = bytes + TRANSACTION_BYTES;
        var sum = written.addAndGet(added);
        if (sum >= DUE_BYTES && sum - added < DUE_BYTES) {
            due.release();
        }
    }

    void makeDue() {
        due.release();
    }

    /** Waits until a checkpoint is due, and counts from nothing again. */
    void awaitDue() {
        due.acquireUninterruptibly();
        written.set(0);
    }
}
