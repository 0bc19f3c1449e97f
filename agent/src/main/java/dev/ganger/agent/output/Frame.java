package dev.ganger.agent.output;

import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What says whose the bytes behind it are, in a segment.
 *
 * @param stream whose
 * @param offset where the first of them stands in the stream
 * @param length how many
 */
record Frame(StreamId stream, long offset, int length) {
    /** Checksum, length, job, index, number, name of the stream, offset. */
    static final int HEADER_BYTES = 40;
    /** The bytes behind one header, at most. */
    static final int MOST_BYTES = 64 * 1024;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final StreamName[] NAMES = StreamName.values();

    /** Header and data into an empty buffer that is large enough. */
    static ByteBuffer write(ByteBuffer target, StreamId stream, long offset, ByteBuffer data) {
        var attempt = stream.attempt();
        target.clear().putInt(0).putInt(data.remaining()).putLong(attempt.job()).putLong(attempt.index()).putInt(attempt.number())
                .putInt(stream.name().ordinal()).putLong(offset).put(data);
        target.flip();
        return target.putInt(0, checksum(target));
    }

    /** How long one says it is at the start of the buffer, whether it is whole or not; 0 if it says nothing of sense. */
    static int lengthOf(ByteBuffer source) {
        var length = source.remaining() < HEADER_BYTES ? 0 : source.getInt(source.position() + CHECKSUM_BYTES);
        return length < 1 || length > MOST_BYTES ? 0 : HEADER_BYTES + length;
    }

    /** From a buffer that begins with one, which it is moved behind; null if there is no whole one with its data. */
    static @Nullable Frame read(ByteBuffer source) {
        var start = source.position();
        var length = lengthOf(source);
        if (length == 0 || source.remaining() < length || source.getInt(start) != checksum(source.slice(start, length))) {
            return null;
        }
        var header = source.slice(start + 2 * Integer.BYTES, HEADER_BYTES - 2 * Integer.BYTES);
        var attempt = new AttemptId(header.getLong(), header.getLong(), header.getInt());
        source.position(start + length);
        return new Frame(new StreamId(attempt, of(NAMES, header.getInt())), header.getLong(), length - HEADER_BYTES);
    }

    /** The value with this number; throws IllegalArgumentException if there is none. */
    static <E> E of(E[] values, int number) {
        if (number < 0 || number >= values.length) {
            throw new IllegalArgumentException(
                    "a record has a %d where at most %d is known".formatted(number, values.length - 1));
        }
        return values[number];
    }

    private static int checksum(ByteBuffer whole) {
        var sum = new CRC32C();
        sum.update(whole.slice(CHECKSUM_BYTES, whole.limit() - CHECKSUM_BYTES));
        return (int) sum.getValue();
    }
}
