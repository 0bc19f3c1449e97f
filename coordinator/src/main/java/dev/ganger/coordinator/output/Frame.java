package dev.ganger.coordinator.output;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of what is written at once. On disk, big endian: magic with version (4 bytes), CRC32C of all that follows, data included
 * (4), length of the data (4), number of the attempt (4), job (8), index (8), offset in the stream (8), position of the frame before of
 * the same stream in this file (4), kind (1), whether bytes before were never given (1), zeros (2).
 *
 * @param previous -1: none
 * @param gap      bytes of the stream right before these were never given
 * @param forgets  says that all frames before this one of the job are dead; has no data
 */
record Frame(StreamId stream, long offset, int length, int previous, boolean gap, boolean forgets) {
    static final int HEADER_BYTES = 48;
    static final int NONE = -1;
    private static final int MAGIC = 0x474f5301;
    private static final int CRC_AT = 4;
    private static final int CHECKED_FROM = 8;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte FORGET = 3;

    static Frame forget(long job) {
        return new Frame(new StreamId(new AttemptId(job, 0, 0), StreamName.STDOUT), 0, 0, NONE, false, true);
    }

    long end() {
        return offset + length;
    }

    int bytes() {
        return HEADER_BYTES + length;
    }

    Frame after(int position) {
        return new Frame(stream, offset, length, position, gap, forgets);
    }

    /** Fills a header for data, which is not moved. */
    void writeTo(ByteBuffer header, ByteBuffer data) {
        header.clear();
        header.putInt(MAGIC).putInt(0).putInt(length).putInt(stream.attempt().number());
        header.putLong(stream.attempt().job()).putLong(stream.attempt().index()).putLong(offset);
        header.putInt(previous).put(kind()).put((byte) (gap ? 1 : 0)).putShort((short) 0);
        header.flip();
        header.putInt(CRC_AT, crc(header, data));
    }

    private byte kind() {
        if (forgets) {
            return FORGET;
        }
        return switch (stream.name()) {
            case STDOUT -> STDOUT;
            case STDERR -> STDERR;
        };
    }

    /** Null if this is no header. */
    static @Nullable Frame read(ByteBuffer header) {
        if (header.remaining() < HEADER_BYTES || header.getInt(0) != MAGIC) {
            return null;
        }
        var length = header.getInt(8);
        var previous = header.getInt(40);
        var kind = header.get(44);
        var offset = header.getLong(32);
        if (length < 0 || length > Limits.OUTPUT_CHUNK_BYTES || length == 0 != (kind == FORGET) || previous < NONE
                || kind < STDOUT
                || kind > FORGET || offset < 0 || offset > Long.MAX_VALUE - length) {
            return null;
        }
        var attempt = new AttemptId(header.getLong(16), header.getLong(24), header.getInt(12));
        var stream = new StreamId(attempt, kind == STDERR ? StreamName.STDERR : StreamName.STDOUT);
        return new Frame(stream, offset, length, previous, header.get(45) != 0, kind == FORGET);
    }

    static boolean isWhole(ByteBuffer header, ByteBuffer data) {
        return header.getInt(CRC_AT) == crc(header, data);
    }

    private static int crc(ByteBuffer header, ByteBuffer data) {
        var crc = new CRC32C();
        crc.update(header.slice(CHECKED_FROM, HEADER_BYTES - CHECKED_FROM));
        crc.update(data.duplicate());
        return (int) crc.getValue();
    }
}
