package dev.ganger.json;

import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Keeps the bytes of the value that is being read as they are, since a parser gives only what they mean. */
final class Retained extends InputStream {
    /** What a parser may have read beyond the place where it is; its own buffer is smaller. */
    private static final int AHEAD = 64 * 1024;
    /** A value with all the blanks in it. */
    private static final int LONGEST = 8 * Limits.STRING_BYTES;

    private static final long NONE = -1;

    private final InputStream in;
    private byte[] kept = new byte[2 * AHEAD];
    private int length;
    /** The place in the stream of the first byte that is kept. */
    private long first;
    /** Where the value begins that is being read; negative between values. */
    private long value = NONE;

    Retained(InputStream in) {
        this.in = in;
    }

    /** A value begins at this place of the stream: from there on all is kept. */
    void begin(long place) {
        value = place;
    }

    /** The value ends before this place: its bytes, compacted. */
    Bytes end(long place) {
        var text = Json.compact(kept, (int) (value - first), (int) (place - first));
        value = NONE;
        return text;
    }

    /** Forgets what came before the value; between values, what the parser cannot hold any more. */
    private void release() {
        var needed = value == NONE ? first + length - AHEAD : Math.min(value, first + length);
        if (needed > first) {
            var dropped = (int) (needed - first);
            System.arraycopy(kept, dropped, kept, 0, length - dropped);
            first = needed;
            length -= dropped;
        }
    }

    /** The room there is for what is kept. */
    int capacity() {
        return kept.length;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        if (value != NONE && first + length - value > LONGEST) {
            throw new TooLong();
        }
        if (length + wanted > kept.length) {
            release();
            if (length + wanted > kept.length) {
                kept = Arrays.copyOf(kept, 2 * (length + wanted));
            }
        }
        var count = in.read(target, offset, wanted);
        if (count > 0) {
            System.arraycopy(target, offset, kept, length, count);
            length += count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** One value does not end. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }
}
