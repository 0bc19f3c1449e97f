package dev.ganger.coordinator.output;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one segment frame by frame, and follows each chain that the index has in it. */
final class SegmentCheck {
    private final SegmentFile file;
    private final Consumer<String> faults;

    SegmentCheck(SegmentFile file, Consumer<String> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Up to a position, which is the end of a frame. */
    void run(long end, List<Chain> chains) throws SegmentGone {
        readFrames(end);
        for (var chain : chains) {
            try {
                follow(chain);
            } catch (OutputException damage) {
                faults.accept("the index of output leads astray for %s from offset %d: %s".formatted(chain.stream(),
                        chain.first(), damage.getMessage()));
            }
        }
    }

    /** Damaged data do not hide where the next frame begins; a damaged header does. */
    private void readFrames(long end) throws SegmentGone {
        var at = 0L;
        var frame = header(at, end);
        while (frame != null) {
            try {
                FrameReader.whole(file, (int) at, frame.length());
            } catch (OutputException damage) {
                faults.accept(String.valueOf(damage.getMessage()));
            }
            at += frame.bytes();
            frame = header(at, end);
        }
    }

    private @Nullable Frame header(long at, long end) throws SegmentGone {
        if (at == end) {
            return null;
        }
        try {
            var frame = FrameReader.header(file, (int) at);
            if (at + frame.bytes() > end) {
                throw FrameReader.damaged(file, (int) at,
                        "its frame of %d bytes ends behind the last one".formatted(frame.bytes()));
            }
            return frame;
        } catch (OutputException damage) {
            faults.accept(String.valueOf(damage.getMessage()));
            return null;
        }
    }

    private void follow(Chain chain) throws SegmentGone {
        var at = chain.last();
        var frame = FrameReader.header(file, at);
        if (!belongs(frame, chain) || frame.end() != chain.end()) {
            throw FrameReader.damaged(file, at, "the end of the stream at offset %d was expected, found %s from %d to %d"
                    .formatted(chain.end(), frame.stream(), frame.offset(), frame.end()));
        }
        var bytes = (long) frame.bytes();
        while (frame.offset() > chain.first()) {
            at = FrameReader.previous(file, frame, at);
            if (at < 0) {
                throw FrameReader.damaged(file, chain.last(), "the way back to offset %d ends early".formatted(chain.first()));
            }
            frame = FrameReader.header(file, at);
            bytes += frame.bytes();
            if (!belongs(frame, chain)) {
                throw FrameReader.damaged(file, at, "found %s from %d on the way back".formatted(frame.stream(), frame.offset()));
            }
        }
        if (bytes != chain.bytes()) {
            throw FrameReader.damaged(file, chain.last(),
                    "%d bytes of frames were expected, found %d".formatted(chain.bytes(), bytes));
        }
    }

    private static boolean belongs(Frame frame, Chain chain) {
        return frame.stream().equals(chain.stream()) && !frame.forgets() && frame.offset() >= chain.first();
    }
}
