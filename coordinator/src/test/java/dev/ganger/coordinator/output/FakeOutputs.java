package dev.ganger.coordinator.output;

import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Output in memory. */
public final class FakeOutputs implements OutputStore {
    private static final Comparator<StreamId> ORDER = Comparator
            .comparing(StreamId::attempt, Comparator.comparingLong(AttemptId::job).thenComparingLong(AttemptId::index)
                    .thenComparingInt(AttemptId::number))
            .thenComparing(StreamId::name);

    private final Map<StreamId, Kept> streams = new TreeMap<>(ORDER);
    private final Map<Long, List<Consumer<StreamId>>> watchers = new ConcurrentHashMap<>();

    /** Pieces by where they begin. */
    private static final class Kept {
        final TreeMap<Long, byte[]> pieces = new TreeMap<>();
        long end;
    }

    @Override
    public void append(StreamId stream, long limitBytes, long offset, ByteBuffer data) {
        if (!data.hasRemaining()) {
            return;
        }
        synchronized (this) {
            var kept = streams.computeIfAbsent(stream, _ -> new Kept());
            var known = (int) Math.clamp(kept.end - offset, 0, data.remaining());
            data.position(data.position() + known);
            if (!data.hasRemaining()) {
                return;
            }
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            kept.pieces.put(offset + known, bytes);
            kept.end = offset + known + bytes.length;
            var tail = kept.end - (limitBytes - limitBytes / 2);
            kept.pieces.entrySet().removeIf(piece -> piece.getKey() >= limitBytes / 2
                    && piece.getKey() + piece.getValue().length <= Math.min(tail, kept.end - 1));
        }
        watchers.getOrDefault(stream.attempt().job(), List.of()).forEach(watcher -> watcher.accept(stream));
    }

    @Override
    public CompletableFuture<Void> sync() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized long end(StreamId stream) {
        var kept = streams.get(stream);
        return kept == null ? 0 : kept.end;
    }

    @Override
    public synchronized @Nullable Piece read(StreamId stream, long offset, int most) {
        var kept = streams.get(stream);
        if (kept == null || offset >= kept.end) {
            return null;
        }
        var at = kept.pieces.floorEntry(offset);
        if (at == null || at.getKey() + at.getValue().length <= offset) {
            at = kept.pieces.higherEntry(offset);
        }
        if (at == null) {
            return null;
        }
        var from = (int) Math.max(0, offset - at.getKey());
        var size = Math.min(most, at.getValue().length - from);
        return new Piece(at.getKey() + from, ByteBuffer.wrap(at.getValue(), from, size).slice().asReadOnlyBuffer());
    }

    @Override
    public synchronized List<StreamId> streams(long job, long first, long last) {
        return streams.keySet().stream().filter(stream -> stream.attempt().job() == job && stream.attempt().index() >= first
                && stream.attempt().index() <= last).toList();
    }

    @Override
    public Watch watch(long job, Consumer<StreamId> grown) {
        watchers.computeIfAbsent(job, _ -> new CopyOnWriteArrayList<>()).add(grown);
        return () -> watchers.getOrDefault(job, List.of()).remove(grown);
    }

    @Override
    public synchronized void forget(long job) {
        streams.keySet().removeIf(stream -> stream.attempt().job() == job);
    }

    @Override
    public synchronized Set<Long> jobs() {
        return streams.keySet().stream().map(stream -> stream.attempt().job()).collect(Collectors.toSet());
    }

    @Override
    public synchronized long bytes() {
        return streams.values().stream().flatMap(kept -> kept.pieces.values().stream()).mapToLong(piece -> piece.length).sum();
    }

    @Override
    public long keptBytes() {
        return bytes();
    }

    @Override
    public void close() {}
}
