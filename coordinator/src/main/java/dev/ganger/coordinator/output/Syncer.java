package dev.ganger.coordinator.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes durable what was appended, for all who asked meanwhile at once. After a failed sync nobody knows what is on disk, and a further
 * one would not tell: nothing is written any more, and the process must end.
 */
final class Syncer implements AutoCloseable {
    private final Segments segments;
    private final Consumer<Throwable> fatal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Thread thread;
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private volatile @Nullable OutputException failure;
    private boolean closing;
    private @Nullable SegmentName newest;

    Syncer(Segments segments, Consumer<Throwable> fatal) {
        this.segments = segments;
        this.fatal = fatal;
        this.thread = Thread.ofPlatform().daemon().name("output-sync").start(this::work);
    }

    CompletableFuture<Void> sync() {
        var future = new CompletableFuture<Void>();
        lock.lock();
        try {
            var before = failure;
            if (before != null || closing) {
                return CompletableFuture.failedFuture(before != null
                        ? before
                        : new OutputException("nothing is synced in %s any more: it is closed".formatted(segments.folder())));
            }
            waiting.add(future);
            asked.signal();
        } finally {
            lock.unlock();
        }
        return future;
    }

    void refuseIfBroken() {
        var before = failure;
        if (before != null) {
            throw new OutputException(
                    "nothing is written to %s after a failure: %s".formatted(segments.folder(), before.getMessage()), before);
        }
    }

    private void work() {
        for (var all = next(); !all.isEmpty(); all = next()) {
            var before = failure;
            var broken = before != null ? before : trySync();
            for (var future : all) {
                if (broken == null) {
                    future.complete(null);
                } else {
                    future.completeExceptionally(broken);
                }
            }
        }
    }

    private List<CompletableFuture<Void>> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) {
                asked.awaitUninterruptibly();
            }
            var all = waiting;
            waiting = new ArrayList<>();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable OutputException trySync() {
        try {
            syncAll();
            return null;
        } catch (IOException cause) {
            var broken = new OutputException(
                    "cannot sync the segments in %s: %s; look into the log of the kernel, then start the coordinator again"
                            .formatted(segments.folder(), cause.getMessage()),
                    cause);
            failure = broken;
            fatal.accept(broken);
            return broken;
        }
    }

    private void syncAll() throws IOException {
        var last = segments.last();
        for (var file : segments.unsynced()) {
            try {
                file.sync();
            } catch (SegmentGone _) {
                // What lived in it was synced elsewhere before it was removed.
            }
        }
        if (last != null && !last.name().equals(newest)) {
            segments.syncFolder();
            newest = last.name();
        }
    }

    /** Syncs what was asked for before. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }
}
