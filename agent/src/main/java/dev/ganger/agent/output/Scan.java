package dev.ganger.agent.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a file from its start on in large blocks, so that many small records cost few reads. */
final class Scan {
    /** Larger than any record. */
    private static final int BLOCK_BYTES = 2 << 20;

    private final FileChannel file;
    private final ByteBuffer block;
    private long position;

    Scan(FileChannel file) throws IOException {
        this.file = file;
        this.block = ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, file.size())).flip();
    }

    /** What was read and is not consumed. */
    ByteBuffer block() {
        return block;
    }

    /** How much of the file was consumed. */
    long consumed() {
        return position - block.remaining();
    }

    /** Adds to the block what follows; false if there is no more, or no room for it. */
    boolean more() throws IOException {
        var had = block.remaining();
        block.compact();
        var read = 0;
        while (block.hasRemaining() && read >= 0) {
            read = file.read(block, position);
            position += Math.max(0, read);
        }
        return block.flip().remaining() > had;
    }
}
