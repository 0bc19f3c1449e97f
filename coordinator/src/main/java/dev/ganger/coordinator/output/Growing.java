package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that was written to a moment ago: its end, and the chains that the index does not have yet. */
final class Growing {
    private final StreamId stream;
    private final List<Chain> unflushed = new ArrayList<>(1);
    private @Nullable Chain current;
    private long end;
    private long limitBytes = Long.MAX_VALUE;
    private long writtenIn;
    private boolean hasGap;

    Growing(StreamId stream, @Nullable Chain last) {
        this.stream = stream;
        this.current = last;
        this.end = last == null ? 0 : last.end();
    }

    StreamId stream() {
        return stream;
    }

    long end() {
        return end;
    }

    /** The position of its last frame in a segment. */
    int lastIn(long segment) {
        var chain = current;
        return chain == null || chain.segment() != segment ? Frame.NONE : chain.last();
    }

    /** Keeps a frame; true if it begins a chain that the index does not have. */
    boolean add(Frame frame, SegmentName segment, int position, long limit, long pass) {
        var before = current;
        var chain = frame.previous() == Frame.NONE || before == null
                ? Chain.of(frame, segment, position)
                : before.and(frame, position);
        limitBytes = limit;
        writtenIn = pass;
        end = frame.end();
        current = chain;
        if (!unflushed.isEmpty() && unflushed.getLast() == before && before.first() == chain.first()) {
            unflushed.set(unflushed.size() - 1, chain);
            return false;
        }
        return unflushed.add(chain);
    }

    /** Whether this is the first byte that is missing since it was written to. */
    boolean isFirstGap() {
        var first = !hasGap;
        hasGap = true;
        return first;
    }

    List<Chain> unflushed() {
        return unflushed;
    }

    void flushed(List<Chain> chains) {
        unflushed.removeIf(chain -> chains.stream().anyMatch(flushed -> flushed == chain));
    }

    /** The chain not in the index that holds an offset, or else the next one. */
    @Nullable
    Chain from(long offset) {
        for (var chain : unflushed) {
            if (chain.end() > offset) {
                return chain;
            }
        }
        return null;
    }

    OutputIndex.@Nullable Trim trim() {
        var head = limitBytes / 2;
        var tail = Math.min(end - (limitBytes - head), end - 1);
        return tail > head ? new OutputIndex.Trim(stream, head, tail) : null;
    }

    boolean isDirty() {
        return !unflushed.isEmpty();
    }

    long writtenIn() {
        return writtenIn;
    }
}
