package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads chains from their end back to an offset, and remembers the way for the next reader. */
final class ChainReader {
    /** Frames of which the positions are remembered, 16 bytes each; a chain counts as some more. */
    static final int REMEMBERED_FRAMES = 1 << 19;
    private static final int FRAMES_A_CHAIN = 16;

    private final Map<Key, Walked> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long remembered;

    private record Key(StreamId stream, long segment, int generation, long first) {}

    /** The way from the last frame back, as far as somebody went. */
    private static final class Walked {
        Positions positions = new Positions();
        int counted;
        boolean isDropped;
    }

    /** The bytes from an offset on in a chain that ends behind it, at most so many; the chain may have been forgotten meanwhile. */
    OutputStore.Piece read(SegmentFile file, Chain chain, long offset, int most) throws SegmentGone {
        var walked = walked(chain);
        synchronized (walked) {
            walk(file, chain, offset, walked);
            count(walked);
            var number = walked.positions.find(offset);
            if (number == walked.positions.size()) {
                throw new SegmentGone(file.name());
            }
            return gather(file, chain, walked.positions, number, offset, most);
        }
    }

    private Walked walked(Chain chain) {
        synchronized (recent) {
            return recent.computeIfAbsent(new Key(chain.stream(), chain.segment(), chain.generation(), chain.first()),
                    _ -> new Walked());
        }
    }

    private void count(Walked walked) {
        synchronized (recent) {
            var size = walked.positions.size() + FRAMES_A_CHAIN;
            if (walked.isDropped || size == walked.counted) {
                return;
            }
            remembered += size - walked.counted;
            walked.counted = size;
            var eldest = recent.values().iterator();
            while (remembered > REMEMBERED_FRAMES && recent.size() > 1) {
                var dropped = eldest.next();
                dropped.isDropped = true;
                remembered -= dropped.counted;
                eldest.remove();
            }
        }
    }

    /** Makes the positions reach from the end of the chain to the offset. */
    private static void walk(SegmentFile file, Chain chain, long offset, Walked walked) throws SegmentGone {
        var known = walked.positions;
        var lastKnown = known.size() == 0 ? Frame.NONE : known.position(known.size() - 1);
        if (lastKnown < chain.last()) {
            walked.positions = grown(file, chain, known, lastKnown);
        }
        var positions = walked.positions;
        while (positions.offset(0) > offset && positions.offset(0) > chain.first()) {
            var at = positions.position(0);
            var previous = FrameReader.header(file, at).previous();
            positions.addFirst(frame(file, chain, previous, at), previous);
        }
    }

    /** The frames that came since are walked back to the last one that is known; a chain that does not meet it is another one. */
    private static Positions grown(SegmentFile file, Chain chain, Positions known, int lastKnown) throws SegmentGone {
        if (lastKnown == Frame.NONE) {
            var fresh = new Positions();
            fresh.addLast(frame(file, chain, chain.last(), Integer.MAX_VALUE), chain.last());
            return fresh;
        }
        var came = new ArrayDeque<Integer>();
        var at = chain.last();
        while (at > lastKnown) {
            came.push(at);
            at = FrameReader.previous(file, FrameReader.header(file, at), at);
        }
        var positions = at == lastKnown ? known : new Positions();
        for (var position : came) {
            positions.addLast(frame(file, chain, position, Integer.MAX_VALUE), position);
        }
        return positions;
    }

    private static Frame frame(SegmentFile file, Chain chain, int position, int before) throws SegmentGone {
        if (position < 0 || position >= before) {
            throw FrameReader.damaged(file, before,
                    "the way back to offset %d of %s leads nowhere".formatted(chain.first(), chain.stream()));
        }
        var frame = FrameReader.header(file, position);
        if (!frame.stream().equals(chain.stream()) || frame.forgets() || frame.offset() < chain.first()
                || frame.end() > chain.end()) {
            throw FrameReader.damaged(file, position,
                    "%s was expected, found %s from %d to %d".formatted(chain.stream(), frame.stream(),
                            frame.offset(), frame.end()));
        }
        return frame;
    }

    /** Frames that follow each other without a gap, as far as they fit. */
    private static OutputStore.Piece gather(SegmentFile file, Chain chain, Positions positions, int number, long offset, int most)
            throws SegmentGone {
        var begin = Math.max(offset, positions.offset(number));
        var first = data(file, chain, positions, number);
        first.position((int) (begin - positions.offset(number)));
        if (first.remaining() >= most || !follows(positions, number + 1)) {
            return new OutputStore.Piece(begin,
                    first.slice(first.position(), Math.min(most, first.remaining())).asReadOnlyBuffer());
        }
        var pieces = ByteBuffer.allocate(size(positions, number, begin, most)).put(first);
        for (var next = number + 1; pieces.hasRemaining(); next++) {
            var data = data(file, chain, positions, next);
            pieces.put(data.limit(Math.min(data.limit(), pieces.remaining())));
        }
        return new OutputStore.Piece(begin, pieces.flip().asReadOnlyBuffer());
    }

    private static int size(Positions positions, int number, long begin, int most) {
        var last = number;
        while (follows(positions, last + 1) && positions.offset(last + 1) - begin < most) {
            last++;
        }
        return (int) Math.min(most, positions.offset(last) + positions.length(last) - begin);
    }

    /** Whether nothing is missing in front of this frame. */
    private static boolean follows(Positions positions, int number) {
        return number < positions.size()
                && positions.offset(number - 1) + positions.length(number - 1) == positions.offset(number);
    }

    private static ByteBuffer data(SegmentFile file, Chain chain, Positions positions, int number) throws SegmentGone {
        var position = positions.position(number);
        var whole = FrameReader.whole(file, position, positions.length(number));
        if (!whole.frame().stream().equals(chain.stream()) || whole.frame().offset() != positions.offset(number)) {
            throw FrameReader.damaged(file, position,
                    "%s was expected, found %s".formatted(chain.stream(), whole.frame().stream()));
        }
        return whole.data();
    }
}
