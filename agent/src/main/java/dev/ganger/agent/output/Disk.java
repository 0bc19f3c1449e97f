package dev.ganger.agent.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** How bytes get into a file: the one place where a full or broken disk shows itself. */
@FunctionalInterface
interface Disk {
    /** All of the bytes, from this position on. */
    void write(FileChannel file, ByteBuffer bytes, long position) throws IOException;

    /** The disk of this machine. */
    static void ofThisMachine(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        var at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
