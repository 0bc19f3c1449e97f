package dev.ganger.coordinator.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** A disk on which so many bytes can be written, and that fails to sync when told to. */
final class FaultyDisk implements SegmentSettings.Disk {
    volatile long room = Long.MAX_VALUE;
    volatile boolean failsToSync;

    @Override
    public FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return new Channel(FileChannel.open(file, options));
    }

    /** Passes everything on but what fails. */
    private final class Channel extends FileChannel {
        private final FileChannel real;

        Channel(FileChannel real) {
            this.real = real;
        }

        @Override
        public long write(ByteBuffer[] parts, int offset, int length) throws IOException {
            var written = 0L;
            for (var at = offset; at < offset + length; at++) {
                while (parts[at].hasRemaining()) {
                    written += write(parts[at]);
                }
            }
            return written;
        }

        @Override
        public int write(ByteBuffer part) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            var size = (int) Math.min(room, part.remaining());
            room -= size;
            var written = real.write(part.slice(part.position(), size));
            part.position(part.position() + written);
            return written;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            if (failsToSync) {
                throw new IOException("Input/output error");
            }
            real.force(metadata);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return real.read(into);
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) throws IOException {
            return real.read(into, offset, length);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            real.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return real.read(into, position);
        }

        @Override
        public int write(ByteBuffer part, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }
    }
}
