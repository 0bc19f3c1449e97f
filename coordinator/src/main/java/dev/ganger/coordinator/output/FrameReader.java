package dev.ganger.coordinator.output;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads single frames of a segment, and finds out damage. */
final class FrameReader {
    private FrameReader() {}

    /** A frame with its data. */
    record Whole(Frame frame, ByteBuffer data) {}

    static Frame header(SegmentFile file, int position) throws SegmentGone {
        var header = read(file, position, Frame.HEADER_BYTES);
        var frame = Frame.read(header);
        if (frame == null) {
            throw damaged(file, position, "no frame begins there");
        }
        return frame;
    }

    /** The frame before of the same stream; the checksum of headers alone is not known, so the way must at least lead back. */
    static int previous(SegmentFile file, Frame frame, int position) {
        if (frame.previous() >= position) {
            throw damaged(file, position, "the way back leads to %d".formatted(frame.previous()));
        }
        return frame.previous();
    }

    static Whole whole(SegmentFile file, int position, int length) throws SegmentGone {
        var bytes = read(file, position, Frame.HEADER_BYTES + length);
        var header = bytes.slice(0, Frame.HEADER_BYTES);
        var data = bytes.slice(Frame.HEADER_BYTES, length);
        var frame = Frame.read(header);
        if (frame == null || frame.length() != length || !Frame.isWhole(header, data)) {
            throw damaged(file, position, "the checksum of the frame is another");
        }
        return new Whole(frame, data);
    }

    private static ByteBuffer read(SegmentFile file, int position, int size) throws SegmentGone {
        var bytes = ByteBuffer.allocate(size);
        try {
            file.read(bytes, position);
        } catch (SegmentGone gone) {
            throw gone;
        } catch (EOFException cause) {
            throw damaged(file, position, String.valueOf(cause.getMessage()));
        } catch (IOException cause) {
            throw new OutputException("cannot read %s at %d: %s; look into the log of the kernel".formatted(file.path(), position,
                    cause.getMessage()), cause);
        }
        return bytes.flip();
    }

    static OutputException damaged(SegmentFile file, int position, String how) {
        return new OutputException("output is damaged in %s at position %d: %s; what it held is lost unless there is a backup"
                .formatted(file.path(), position, how));
    }
}
