package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a store of output must hold, byte for byte. */
final class Model {
    private final Map<StreamId, Kept> streams = new HashMap<>();

    /** The bytes of one stream, those that were given, and those that may have gone. */
    private static final class Kept {
        byte[] bytes = new byte[0];
        final BitSet given = new BitSet();
        final BitSet droppable = new BitSet();

        Kept copy() {
            var copy = new Kept();
            copy.bytes = bytes.clone();
            copy.given.or(given);
            copy.droppable.or(droppable);
            return copy;
        }
    }

    Model copy() {
        var copy = new Model();
        streams.forEach((stream, kept) -> copy.streams.put(stream, kept.copy()));
        return copy;
    }

    int end(StreamId stream) {
        var kept = streams.get(stream);
        return kept == null ? 0 : kept.bytes.length;
    }

    Iterable<StreamId> streams() {
        return streams.keySet();
    }

    void append(StreamId stream, long limit, int offset, byte[] data) {
        if (data.length == 0) {
            return;
        }
        var kept = streams.computeIfAbsent(stream, _ -> new Kept());
        var before = kept.bytes.length;
        if (offset + data.length > before) {
            var from = Math.max(before, offset);
            kept.bytes = Arrays.copyOf(kept.bytes, offset + data.length);
            System.arraycopy(data, from - offset, kept.bytes, from, kept.bytes.length - from);
            kept.given.set(from, kept.bytes.length);
            var tail = kept.bytes.length - (limit - limit / 2);
            if (tail > limit / 2) {
                kept.droppable.set((int) (limit / 2), (int) tail);
            }
        }
    }

    void forget(long job) {
        streams.keySet().removeIf(stream -> stream.attempt().job() == job);
    }

    /** Reads the stream as this store has it, in steps. */
    void compare(OutputStore store, StreamId stream, int step) {
        var kept = streams.getOrDefault(stream, new Kept());
        check(store.end(stream) == kept.bytes.length, "%s ends at %d", stream, store.end(stream));
        var at = 0;
        for (var piece = store.read(stream, 0, step); piece != null; piece = store.read(stream, at, step)) {
            check(piece.offset() >= at, "%s: asked for %d, got %d", stream, at, piece.offset());
            missing(kept, stream, at, (int) piece.offset());
            at = (int) piece.offset();
            check(piece.data().hasRemaining() && piece.data().remaining() <= step, "%s: a piece of %d", stream,
                    piece.data().remaining());
            while (piece.data().hasRemaining()) {
                check(at < kept.bytes.length && kept.given.get(at) && kept.bytes[at] == piece.data().get(), "%s: byte %d", stream,
                        at);
                at++;
            }
        }
        missing(kept, stream, at, kept.bytes.length);
    }

    private static void missing(Kept kept, StreamId stream, int from, int to) {
        for (var at = from; at < to; at++) {
            check(!kept.given.get(at) || kept.droppable.get(at), "%s: byte %d is missing", stream, at);
        }
    }

    private static void check(boolean holds, String message, @Nullable Object... arguments) {
        if (!holds) {
            throw new AssertionError(message.formatted(arguments));
        }
    }
}
