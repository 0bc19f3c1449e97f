package dev.ganger.agent.output;

/** A piece of a stream in a segment: from an offset of the stream on, so many bytes, which stand at a position of the file. */
record Extent(Segment segment, long position, long offset, int length) {
    /** The offset after its last byte. */
    long end() {
        return offset + length;
    }
}
