package dev.ganger.agent.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The end of a pipe where a child's output is read. */
final class OutputPipe {
    private final int descriptor;
    private final Consumer<ByteBuffer> sink;
    private boolean open = true;

    OutputPipe(int descriptor, Consumer<ByteBuffer> sink) {
        this.descriptor = descriptor;
        this.sink = sink;
    }

    /** Memory to read into, one for all pipes that one thread reads. */
    static final class Buffer {
        /** As much as a pipe holds. */
        private static final int BYTES = 64 * 1024;

        private final MemorySegment memory = Arena.ofAuto().allocate(BYTES);
        private final ByteBuffer view = memory.asByteBuffer().asReadOnlyBuffer();
    }

    boolean isOpen() {
        return open;
    }

    int descriptor() {
        return descriptor;
    }

    /** At most one buffer, so that a noisy child leaves room for the others. */
    void read(Buffer buffer, Epoll epoll) {
        if (!open) {
            return;
        }
        long size = Descriptors.read(descriptor, buffer.memory);
        if (size > 0) {
            sink.accept(buffer.view.clear().limit((int) size));
        } else if (size == 0) {
            close(epoll);
        } else if (size != -LibC.EAGAIN && size != -LibC.EINTR) {
            throw new AssertionError("a pipe cannot be read: " + LibC.text((int) -size));
        }
    }

    void close(Epoll epoll) {
        if (open) {
            open = false;
            epoll.removeAndClose(descriptor);
        }
    }
}
