package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;

/**
 * What one segment holds of one stream: frames that each say where the one before is. The chains of a stream do not overlap, and their
 * order by offset is their order by segment.
 *
 * @param segment    the number of the segment
 * @param generation of the segment: positions are those of this file and no other
 * @param first      the offset of the first byte in the stream
 * @param end        the offset after the last byte; between the two some may be missing
 * @param last       the position of the last frame in the file
 * @param bytes      of the frames in the file, headers included
 */
public record Chain(StreamId stream, long segment, int generation, long first, long end, int last, long bytes) {
    public Chain {
        if (first < 0 || end <= first || last < 0 || bytes <= 0) {
            throw new IllegalArgumentException("no chain of frames: %s from %d to %d, last at %d, %d bytes"
                    .formatted(stream, first, end, last, bytes));
        }
    }

    static Chain of(Frame frame, SegmentName segment, int position) {
        return new Chain(frame.stream(), segment.number(), segment.generation(), frame.offset(), frame.end(), position,
                frame.bytes());
    }

    Chain and(Frame frame, int position) {
        return new Chain(stream, segment, generation, first, frame.end(), position, bytes + frame.bytes());
    }
}
