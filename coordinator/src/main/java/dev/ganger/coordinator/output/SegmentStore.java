package dev.ganger.coordinator.output;

import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Output in append-only segment files; all streams are appended to the same one, and an index knows where to find them. */
public final class SegmentStore implements OutputStore {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentStore.class);
    /** What the index may be behind: appends wait for it then. */
    private static final int UNINDEXED_CHAINS = 100_000;
    /** Each time a reader finds that a segment was removed, what lives was copied before. */
    private static final int LOOKUPS = 20;

    private static final Comparator<StreamId> ORDER = Comparator
            .comparing(StreamId::attempt, Comparator.comparingLong(AttemptId::job).thenComparingLong(AttemptId::index)
                    .thenComparingInt(AttemptId::number))
            .thenComparing(StreamId::name);

    private final Segments segments;
    private final OutputIndex index;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flushed = lock.newCondition();
    private final Ledger ledger = new Ledger();
    private final SegmentSettings settings;
    private final SegmentWriter writer;
    private final ChainReader reader = new ChainReader();
    private final Watchers watchers = new Watchers();
    private final Syncer syncer;
    private final Upkeep upkeep;
    private boolean indexFails;
    private boolean closed;

    private SegmentStore(Segments segments, OutputIndex index, Consumer<Throwable> fatal, SegmentSettings settings) {
        this.segments = segments;
        this.index = index;
        this.settings = settings;
        this.syncer = new Syncer(segments, fatal);
        this.upkeep = new Upkeep(this, segments, index, settings, fatal);
        this.writer = new SegmentWriter(segments, ledger, settings, upkeep::makeDue);
    }

    /**
     * Makes the folder if it is not there, and brings the index in line with what is in it.
     *
     * @param index is closed with the store
     * @param fatal is told of a failed sync, after which nobody knows what is on disk: must end the process
     */
    public static SegmentStore open(Path folder, OutputIndex index, Consumer<Throwable> fatal) {
        var store = open(folder, index, fatal, SegmentSettings.DEFAULT);
        store.upkeep.start();
        return store;
    }

    /** Without a thread for its upkeep. */
    static SegmentStore open(Path folder, OutputIndex index, Consumer<Throwable> fatal, SegmentSettings settings) {
        try {
            var segments = Segments.open(folder, settings);
            new Recovery(segments, index, new SegmentRepair(folder)).run();
            return new SegmentStore(segments, index, fatal, settings);
        } catch (OutputException cause) {
            index.close();
            throw cause;
        } catch (IOException cause) {
            index.close();
            throw new OutputException(
                    "cannot read what is in %s: %s; look at its rights and its disk".formatted(folder, cause.getMessage()),
                    cause);
        }
    }

    @Override
    public void append(StreamId stream, long limitBytes, long offset, ByteBuffer data) {
        if (limitBytes < 0 || offset < 0 || offset > Long.MAX_VALUE - data.remaining()) {
            throw new IllegalArgumentException("no place for output: offset %d, limit %d".formatted(offset, limitBytes));
        }
        if (!data.hasRemaining()) {
            return;
        }
        var grown = false;
        lock.lock();
        try {
            awaitIndex();
            var growing = growing(stream);
            refuseIfClosed();
            grown = writer.append(growing, limitBytes, offset, data);
        } finally {
            lock.unlock();
        }
        if (grown) {
            watchers.tell(stream);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new OutputException("nothing is written to %s any more: it is closed".formatted(segments.folder()));
        }
        syncer.refuseIfBroken();
    }

    private void awaitIndex() {
        if (ledger.unflushed() > UNINDEXED_CHAINS / 2) {
            upkeep.makeDue();
        }
        while (writer.unindexed().size() > settings.unindexed() || ledger.unflushed() > UNINDEXED_CHAINS) {
            refuseIfClosed();
            if (indexFails) {
                throw new OutputException(
                        "nothing more is written to %s before its index can be: make room on its disk, the log says more"
                                .formatted(segments.folder()));
            }
            upkeep.makeDue();
            flushed.awaitUninterruptibly();
        }
    }

    /** Gives the lock up while it asks the index. */
    private Growing growing(StreamId stream) {
        while (true) {
            var known = ledger.find(stream);
            if (known != null) {
                return known;
            }
            if (ledger.isForgotten(stream.attempt().job())) {
                return ledger.begin(stream, null);
            }
            var stamp = ledger.stamp();
            lock.unlock();
            @Nullable
            Chain last;
            try {
                last = index.last(stream);
            } finally {
                lock.lock();
            }
            if (stamp == ledger.stamp()) {
                return ledger.begin(stream, last);
            }
        }
    }

    @Override
    public CompletableFuture<Void> sync() {
        return syncer.sync();
    }

    void syncNow() {
        try {
            syncer.sync().join();
        } catch (CompletionException cause) {
            if (cause.getCause() instanceof OutputException failed) {
                throw failed;
            }
            throw cause;
        }
    }

    @Override
    public long end(StreamId stream) {
        lock.lock();
        try {
            var growing = ledger.find(stream);
            if (growing != null) {
                return growing.end();
            }
            if (ledger.isForgotten(stream.attempt().job())) {
                return 0;
            }
        } finally {
            lock.unlock();
        }
        return endInIndex(stream);
    }

    /** What was not in memory may be written, indexed and dropped from memory since: then the index is as new. */
    private long endInIndex(StreamId stream) {
        var last = index.last(stream);
        return last == null ? 0 : last.end();
    }

    @Override
    public @Nullable Piece read(StreamId stream, long offset, int most) {
        if (offset < 0 || most < 1) {
            throw new IllegalArgumentException("cannot read %d bytes from offset %d".formatted(most, offset));
        }
        for (var lookup = 0; lookup < LOOKUPS; lookup++) {
            var chain = chain(stream, offset);
            if (chain == null) {
                return null;
            }
            var file = segments.find(chain.segment(), chain.generation());
            if (file != null) {
                try {
                    return reader.read(file, chain, offset, most);
                } catch (SegmentGone _) {
                    // It was copied since: the next lookup finds the copy.
                }
            }
        }
        throw new OutputException("cannot find %s at offset %d in %s: it was moved each of %d times; try again"
                .formatted(stream, offset, segments.folder(), LOOKUPS));
    }

    private @Nullable Chain chain(StreamId stream, long offset) {
        @Nullable
        Chain fresh;
        lock.lock();
        try {
            var growing = ledger.find(stream);
            fresh = growing == null ? null : growing.from(offset);
            if (ledger.isForgotten(stream.attempt().job()) || fresh != null && fresh.first() <= offset) {
                return fresh;
            }
        } finally {
            lock.unlock();
        }
        var indexed = index.from(stream, offset);
        if (indexed == null || fresh != null && fresh.first() <= indexed.first()) {
            return fresh;
        }
        return indexed;
    }

    @Override
    public List<StreamId> streams(long job, long first, long last) {
        var streams = new TreeSet<>(ORDER);
        if (known(() -> streams.addAll(ledger.streams(job)), job)) {
            streams.addAll(index.streams(job, first, last));
        }
        streams.removeIf(stream -> stream.attempt().index() < first || stream.attempt().index() > last);
        return List.copyOf(streams);
    }

    /** Looks into memory; whether the index counts for this job. */
    private boolean known(Runnable look, long job) {
        lock.lock();
        try {
            look.run();
            return !ledger.isForgotten(job);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<Long> jobs() {
        var jobs = new HashSet<Long>();
        lock.lock();
        try {
            jobs.addAll(ledger.jobs());
        } finally {
            lock.unlock();
        }
        var fresh = Set.copyOf(jobs);
        index.jobs().forEach(job -> {
            if (fresh.contains(job) || known(() -> {}, job)) {
                jobs.add(job);
            }
        });
        return jobs;
    }

    @Override
    public Watch watch(long job, Consumer<StreamId> grown) {
        return watchers.add(job, grown);
    }

    @Override
    public void forget(long job) {
        lock.lock();
        try {
            refuseIfClosed();
            ledger.forget(job);
            sayForgotten(job);
        } finally {
            lock.unlock();
        }
    }

    private void sayForgotten(long job) {
        try {
            writer.forget(job);
        } catch (OutputException cause) {
            LOG.warn("job {} is forgotten in the index alone, and comes back if that is lost: {}", job, cause.getMessage());
        }
    }

    @Override
    public long keptBytes() {
        upkeep.flush();
        return index.segments().stream().mapToLong(OutputIndex.Indexed::alive).sum();
    }

    @Override
    public long bytes() {
        return segments.bytes();
    }

    /** The segment that may still grow. */
    @Nullable
    SegmentFile active() {
        lock.lock();
        try {
            return writer.active();
        } finally {
            lock.unlock();
        }
    }

    /** What the index does not have yet; {@link #flushed} must follow. */
    Upkeep.Batch take() {
        lock.lock();
        try {
            var indexed = new ArrayList<OutputIndex.Indexed>();
            for (var file : writer.unindexed()) {
                indexed.add(new OutputIndex.Indexed(file.name().number(), file.name().generation(), file.length(), 0));
            }
            return new Upkeep.Batch(ledger.take(), indexed);
        } finally {
            lock.unlock();
        }
    }

    void flushed(Upkeep.Batch batch, boolean done) {
        lock.lock();
        try {
            indexFails = !done;
            if (done) {
                ledger.flushed(batch.pass());
                writer.unindexed().removeIf(file -> batch.indexed().stream()
                        .anyMatch(row -> row.segment() == file.name().number() && row.to() == file.length()));
            } else {
                ledger.failed();
            }
            flushed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** For tests, which have no thread for it. */
    Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            flushed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            upkeep.close();
        } finally {
            syncer.close();
            segments.close();
            index.close();
        }
    }
}
