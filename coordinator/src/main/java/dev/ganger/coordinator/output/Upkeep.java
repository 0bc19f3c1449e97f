package dev.ganger.coordinator.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was appended to the index, removes segments in which nothing lives, and copies together those in which little lives: one
 * pass after the other, on one thread, so that none of it happens between two steps of another.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** Chains that one transaction drops of a job that is forgotten. */
    private static final int FORGOTTEN_AT_ONCE = 10_000;

    private final SegmentStore store;
    private final Segments segments;
    private final OutputIndex index;
    private final SegmentSettings settings;
    private final Consumer<Throwable> fatal;
    private final Compaction compaction;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private @Nullable String lastFailure;

    Upkeep(SegmentStore store, Segments segments, OutputIndex index, SegmentSettings settings, Consumer<Throwable> fatal) {
        this.store = store;
        this.segments = segments;
        this.index = index;
        this.settings = settings;
        this.fatal = fatal;
        this.compaction = new Compaction(segments, index, settings);
        this.thread = Thread.ofPlatform().daemon().name("output-upkeep").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Makes the next pass come at once. */
    void makeDue() {
        if (due.availablePermits() == 0) {
            due.release();
        }
    }

    private void work() {
        try {
            while (!closing) {
                tryPass();
                awaitDue();
            }
        } catch (RuntimeException | Error bug) {
            fatal.accept(bug);
        }
    }

    private void awaitDue() {
        try {
            var _ = due.tryAcquire(settings.upkeep().toMillis(), TimeUnit.MILLISECONDS);
            due.drainPermits();
        } catch (InterruptedException _) {
            closing = true;
        }
    }

    private void tryPass() {
        try {
            pass();
            lastFailure = null;
        } catch (IOException | OutputException | CompletionException cause) {
            var message = String.valueOf(cause.getMessage());
            if (!message.equals(lastFailure)) {
                LOG.warn("the index of output waits, and no space is given back, until this is over: {}", message, cause);
            }
            lastFailure = message;
        }
    }

    synchronized void pass() throws IOException {
        flush();
        removeDead();
        compaction.pass(sealed());
    }

    /** What is in a segment is synced before the index speaks of it. */
    synchronized void flush() {
        var batch = store.take();
        var done = false;
        try {
            if (!batch.isEmpty()) {
                store.syncNow();
                for (long job : batch.pass().forgotten()) {
                    while (index.forget(job, Long.MAX_VALUE, FORGOTTEN_AT_ONCE)) {
                        Thread.onSpinWait();
                    }
                }
                index.write(batch.pass().chains(), batch.pass().trims(), batch.indexed());
            }
            done = true;
        } finally {
            store.flushed(batch, done);
        }
    }

    /** What the next pass of the index takes up. */
    record Batch(Ledger.Pass pass, List<OutputIndex.Indexed> indexed) {
        boolean isEmpty() {
            return pass.isEmpty() && indexed.isEmpty();
        }
    }

    private void removeDead() throws IOException {
        for (var candidate : sealed()) {
            if (candidate.row().alive() == 0) {
                segments.delete(candidate.file());
                index.replace(candidate.row().segment(), candidate.row().segment(), List.of(), List.of());
            }
        }
    }

    /** Those that do not grow any more and are whole in the index, in their order. */
    private List<Compaction.Candidate> sealed() {
        var active = store.active();
        var rows = new HashMap<Long, OutputIndex.Indexed>();
        index.segments().forEach(row -> rows.put(row.segment(), row));
        var sealed = new ArrayList<Compaction.Candidate>();
        for (var file : segments.all()) {
            var row = rows.get(file.name().number());
            if (file != active && row != null && row.generation() == file.name().generation() && row.to() == file.length()) {
                sealed.add(new Compaction.Candidate(file, row));
            }
        }
        return sealed;
    }

    /** Ends the thread, with a last pass of the index. */
    @Override
    public void close() {
        closing = true;
        makeDue();
        Threads.join(thread);
        flush();
    }
}
