package dev.ganger.agent.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a file from its start on in large blocks, so that many small ones cost few reads. One that is damaged is passed over if
 * what follows it is whole; it is never looked for a record elsewhere, because tasks decide what stands in them.
 */
final class Scan {
    /** Larger than two records. */
    private static final int BLOCK_BYTES = 4 << 20;

    private final Path path;
    private final FileChannel file;
    private final ToIntFunction<ByteBuffer> length;
    private final Consumer<String> remarks;
    private final ByteBuffer block;
    private long position;
    private long begun;

    /** The length is what a record says of itself, 0 if that is nonsense. Remarks name each place where something is damaged. */
    Scan(Path path, FileChannel file, ToIntFunction<ByteBuffer> length, Consumer<String> remarks) throws IOException {
        this.path = path;
        this.file = file;
        this.length = length;
        this.remarks = remarks;
        this.block = ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, file.size())).flip();
    }

    /** The next one that is whole; null if no more can be read. A reader gives null for what is not whole. */
    <T> @Nullable T next(Function<ByteBuffer, @Nullable T> reader) throws IOException {
        begun = consumed();
        var record = read(reader);
        while (record == null && (more() || passOver(reader))) {
            begun = consumed();
            record = read(reader);
        }
        if (record == null && consumed() < file.size()) {
            remarks.accept(
                    "%s: the last %d bytes, from byte %d on, are torn or damaged and are cut off; attempts that need them run again"
                            .formatted(path.getFileName(), file.size() - consumed(), consumed()));
        }
        return record;
    }

    private <T> @Nullable T read(Function<ByteBuffer, @Nullable T> reader) throws IOException {
        try {
            return reader.apply(block);
        } catch (IllegalArgumentException unknown) {
            throw new IOException(
                    "%s cannot be read at byte %d: %s; a later version of the agent wrote it, so start that one".formatted(
                            path, begun, unknown.getMessage()),
                    unknown);
        }
    }

    private <T> boolean passOver(Function<ByteBuffer, @Nullable T> reader) throws IOException {
        var said = length.applyAsInt(block);
        if (said == 0 || block.remaining() <= said) {
            return false;
        }
        var damaged = consumed();
        var start = block.position();
        block.position(start + said);
        if (read(reader) == null) {
            block.position(start);
            return false;
        }
        block.position(start + said);
        remarks.accept("%s: %d bytes at byte %d are damaged and are passed over; attempts that need them run again"
                .formatted(path.getFileName(), said, damaged));
        return true;
    }

    /** Where the record begins that was given last. */
    long begun() {
        return begun;
    }

    /** How much of the file was consumed. */
    long consumed() {
        return position - block.remaining();
    }

    /** Adds to the block what follows; false if there is no more, or no room for it. */
    private boolean more() throws IOException {
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
