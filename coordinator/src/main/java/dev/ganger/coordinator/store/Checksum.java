package dev.ganger.coordinator.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksum of a row: CRC32C (Castagnoli, RFC 3720) of two numbers that say which row it is, and of its body. */
final class Checksum {
    private Checksum() {}

    static long of(long first, long second, byte[] body) {
        var checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(second).flip());
        checksum.update(body);
        return checksum.getValue();
    }
}
