package dev.ganger.agent.output;

import java.nio.ByteBuffer;

/** The newest bytes of a stream, in memory. */
final class Tail {
    private static final int FIRST_BYTES = 256;

    private byte[] bytes = new byte[0];
    private int start;
    private int size;

    int size() {
        return size;
    }

    /** Reads the chunk to its end. */
    void append(ByteBuffer chunk) {
        var added = chunk.remaining();
        if (start + size + added > bytes.length) {
            var larger = new byte[Math.max(FIRST_BYTES,
                    Math.max(size + added, Math.min(2 * size, size + added + Frame.MOST_BYTES)))];
            System.arraycopy(bytes, start, larger, 0, size);
            bytes = larger;
            start = 0;
        }
        chunk.get(bytes, start + size, added);
        size += added;
    }

    /** So many of the oldest. */
    void discard(int count) {
        start += count;
        size -= count;
        if (size == 0) {
            bytes = new byte[0];
            start = 0;
        }
    }

    void copy(int from, byte[] target, int to, int count) {
        System.arraycopy(bytes, start + from, target, to, count);
    }

    /** Without copying: only until the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, start, size);
    }

}
