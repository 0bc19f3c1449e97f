package dev.ganger.agent.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One file of frames: written once from its start to its end, removed when nothing in it is needed any more. */
final class Segment {
    private final Path file;
    private final FileChannel channel;
    private long size;
    private int alive;
    private long synced;
    private long unsyncedSince;

    private Segment(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Segment begin(Path file) throws IOException {
        return new Segment(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** One of a former life, with what is whole in it. */
    static Segment readBack(Path file, BiConsumer<Frame, Extent> found, Consumer<String> remarks) throws IOException {
        var segment = new Segment(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        var scan = new Scan(file, segment.channel, Frame::lengthOf, remarks);
        for (var frame = scan.next(Frame::read); frame != null; frame = scan.next(Frame::read)) {
            segment.size = scan.begun();
            found.accept(frame, segment.extent(frame.offset(), frame.length()));
        }
        segment.size = scan.consumed();
        segment.channel.truncate(segment.size);
        segment.synced = segment.size;
        return segment;
    }

    private Extent extent(long offset, int length) {
        return new Extent(this, size + Frame.HEADER_BYTES, offset, length);
    }

    /** What could be written only in part is cut off again: bytes of a task behind the last frame could look like one. */
    Extent append(Disk disk, ByteBuffer frame, long offset, long now) throws IOException {
        var length = frame.remaining();
        try {
            disk.write(channel, frame, size);
        } catch (IOException failure) {
            channel.truncate(size);
            throw failure;
        }
        var extent = extent(offset, length - Frame.HEADER_BYTES);
        if (synced == size) {
            unsyncedSince = now;
        }
        size += length;
        alive++;
        return extent;
    }

    /** Fills the array from its place on with what stands in the file from the position on. */
    void read(long position, byte[] target, int from, int length) throws IOException {
        var buffer = ByteBuffer.wrap(target, from, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position() - from) < 0) {
                throw new IOException("%s ends at %d, where %d bytes of output should follow; it was changed by somebody else"
                        .formatted(file, channel.size(), buffer.remaining()));
            }
        }
    }

    void keep() {
        alive++;
    }

    void release() {
        alive--;
    }

    boolean isDead() {
        return alive == 0;
    }

    long size() {
        return size;
    }

    boolean isUnsynced() {
        return synced < size;
    }

    long unsyncedSince() {
        return unsyncedSince;
    }

    /** From any thread; one that is removed meanwhile needs no sync. */
    void force() throws IOException {
        try {
            channel.force(false);
        } catch (ClosedChannelException _) {
            // nothing in it is needed any more
        }
    }

    /** What came after it began to wait then. */
    void synced(long upTo, long now) {
        synced = Math.max(synced, upTo);
        unsyncedSince = now;
    }

    void close() throws IOException {
        channel.close();
    }

    void remove() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
