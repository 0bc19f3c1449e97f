package dev.ganger.coordinator.output;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One segment: many read at a time, one writes. Interrupts of callers, which close a channel, are kept until after the work. */
final class SegmentFile implements AutoCloseable {
    private final Path path;
    private final SegmentName name;
    private final SegmentSettings.Disk disk;
    private volatile long length;
    private volatile long synced;
    private volatile @Nullable FileChannel channel;
    private boolean gone;

    private SegmentFile(Path path, SegmentName name, SegmentSettings.Disk disk, long length) {
        this.path = path;
        this.name = name;
        this.disk = disk;
        this.length = length;
        this.synced = length;
    }

    static SegmentFile existing(Path path, SegmentName name, SegmentSettings.Disk disk) throws IOException {
        return new SegmentFile(path, name, disk, Files.size(path));
    }

    static SegmentFile create(Path path, SegmentName name, SegmentSettings.Disk disk) throws IOException {
        var file = new SegmentFile(path, name, disk, 0);
        file.channel = disk.open(path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
        return file;
    }

    /** The same file under its last path and name, as it is on disk. */
    SegmentFile movedTo(Path path, SegmentName name) {
        close();
        return new SegmentFile(path, name, disk, length);
    }

    SegmentName name() {
        return name;
    }

    Path path() {
        return path;
    }

    long length() {
        return length;
    }

    boolean isSynced() {
        return synced == length;
    }

    /** Gives the position; if it fails nothing of it is kept, and the next one begins where this one did. */
    int append(ByteBuffer header, ByteBuffer data) throws IOException {
        var at = length;
        try {
            uninterrupted(open -> {
                var parts = new ByteBuffer[]{header.duplicate(), data.duplicate()};
                open.position(at);
                while (parts[1].hasRemaining() || parts[0].hasRemaining()) {
                    open.write(parts);
                }
                return at;
            });
        } catch (IOException cause) {
            cutAfterFailure(at, cause);
            throw cause;
        }
        length = at + header.remaining() + data.remaining();
        return (int) at;
    }

    private void cutAfterFailure(long at, IOException cause) {
        try {
            truncate(at);
        } catch (IOException further) {
            cause.addSuppressed(further);
        }
    }

    void truncate(long size) throws IOException {
        uninterrupted(open -> open.truncate(size));
        length = size;
        synced = Math.min(synced, size - 1);
    }

    /** Fills the buffer. */
    void read(ByteBuffer into, long position) throws IOException {
        var start = into.position();
        uninterrupted(open -> {
            into.position(start);
            while (into.hasRemaining()) {
                if (open.read(into, position + into.position() - start) < 0) {
                    throw new EOFException("it has only " + open.size() + " bytes");
                }
            }
            return into;
        });
    }

    /** Opens it, so that it can be read when it is removed. */
    void hold() throws IOException {
        uninterrupted(open -> open);
    }

    void sync() throws IOException {
        var before = length;
        uninterrupted(open -> {
            open.force(false);
            return open;
        });
        synced = before;
    }

    /** Readers that are in the midst of it are told so. */
    void delete() throws IOException {
        synchronized (this) {
            gone = true;
        }
        close();
        Files.deleteIfExists(path);
    }

    /** The next use opens it again. */
    @Override
    public void close() {
        var open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException cause) {
                throw new OutputException(
                        "cannot close %s: %s; look into the log of the kernel".formatted(path, cause.getMessage()), cause);
            }
        }
    }

    /** What is done with the open file, from its beginning if it must be opened again. */
    private interface Work<T> {
        T on(FileChannel open) throws IOException;
    }

    private <T> T uninterrupted(Work<T> work) throws IOException {
        var interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.on(open());
                } catch (ClosedChannelException _) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileChannel open() throws IOException {
        var before = channel;
        if (before != null && before.isOpen()) {
            return before;
        }
        synchronized (this) {
            if (gone) {
                throw new SegmentGone(name);
            }
            var open = channel;
            if (open == null || !open.isOpen()) {
                open = disk.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
                channel = open;
            }
            return open;
        }
    }
}
