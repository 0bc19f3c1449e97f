package dev.ganger.agent.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The end of a pipe where a child's output is read. */
final class OutputPipe {
    /** A pipe can be made larger by who writes to it, up to a megabyte without privileges. */
    private static final int MOST_BUFFERS = 16;

    private final int descriptor;
    private final Consumer<ByteBuffer> sink;
    private boolean open = true;
    private boolean paused;

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

    /** At most one buffer, so that a noisy child leaves room for the others; false if there was nothing. */
    boolean read(Buffer buffer, Epoll epoll) {
        if (!open) {
            return false;
        }
        long size = Descriptors.read(descriptor, buffer.memory);
        if (size > 0) {
            sink.accept(buffer.view.clear().limit((int) size));
        } else if (size == 0) {
            close(epoll);
        } else if (size != -LibC.EAGAIN && size != -LibC.EINTR) {
            throw new AssertionError("a pipe cannot be read: " + LibC.text((int) -size));
        }
        return size > 0;
    }

    /** All that is in it; bounded, because somebody may go on writing. Most pipes hold one buffer, none more than sixteen. */
    void drain(Buffer buffer, Epoll epoll) {
        for (int i = 0; i <= MOST_BUFFERS && open && read(buffer, epoll); i++) {
            // again
        }
    }

    /** Leaves what is in it there, until {@link #resume}. */
    void pause(Epoll epoll) {
        if (open && !paused) {
            paused = true;
            epoll.remove(descriptor);
        }
    }

    void resume(Epoll epoll, long key) {
        if (open && paused) {
            paused = false;
            LibC.sure("epoll_ctl", epoll.add(descriptor, key));
        }
    }

    void close(Epoll epoll) {
        if (open) {
            open = false;
            epoll.removeAndClose(descriptor);
        }
    }
}
