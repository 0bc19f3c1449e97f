package dev.ganger.coordinator.api;

import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.output.OutputStore.Piece;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamOutput;
import org.jspecify.annotations.Nullable;

/** Where the bytes of one stream come from. */
@FunctionalInterface
interface OutputSource {

    /** The bytes from an offset on, or the next that are kept; null at the end. */
    @Nullable
    Piece read(long offset, int most);

    /** What there is so far of a stream that may still grow. */
    static OutputSource live(OutputStore outputs, StreamId stream) {
        return (offset, most) -> outputs.read(stream, offset, most);
    }

    /** Of a stream that has ended, what is kept, to the byte. */
    static OutputSource ended(OutputStore outputs, StreamId stream, StreamOutput output) {
        return new Kept(output, output.isInline() ? inline(output) : live(outputs, stream));
    }

    private static OutputSource inline(StreamOutput output) {
        return (offset, most) -> {
            var from = (int) (offset < output.headBytes() ? offset : offset - output.dropped());
            var size = Math.min(most, output.inline().size() - from);
            return size <= 0 ? null : new Piece(offset, output.inline().asBuffer().slice(from, size));
        };
    }

    /** The first and the last bytes of a stream, and nothing between or after them. */
    record Kept(StreamOutput output, OutputSource all) implements OutputSource {
        @Override
        public @Nullable Piece read(long offset, int most) {
            var from = beyondTheMiddle(offset);
            var end = end(from);
            if (from >= end) {
                return null;
            }
            var piece = all.read(from, (int) Math.min(most, end - from));
            if (piece == null) {
                return from < output.headBytes() ? read(end, most) : null;
            }
            return piece.offset() >= end ? read(piece.offset(), most) : clip(piece, end);
        }

        private long beyondTheMiddle(long offset) {
            var head = output.headBytes();
            return offset >= head && offset < head + output.dropped() ? head + output.dropped() : offset;
        }

        private long end(long from) {
            return from < output.headBytes() ? output.headBytes() : output.bytes();
        }

        private static Piece clip(Piece piece, long end) {
            return piece.end() <= end ? piece : new Piece(piece.offset(), piece.data().slice(0, (int) (end - piece.offset())));
        }
    }
}
