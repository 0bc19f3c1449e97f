package dev.ganger.agent.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

import static dev.ganger.agent.exec.LibC.INT;
import static dev.ganger.agent.exec.LibC.POINTER;
import static dev.ganger.agent.exec.LibC.errnoState;
import static dev.ganger.agent.exec.LibC.orError;

/**
 * Waits for many descriptors at once and says by key which are ready.
 *
 * <p>Level-triggered. Keys are never used twice, unlike descriptors: an event that was fetched before its descriptor was closed
 * names nobody, and not the next one with the same number.
 */
final class Epoll implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 02000000;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int READABLE = 1;
    private static final int EVENTS = 256;
    /** struct epoll_event is packed on x86_64 only. */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final long DATA_OFFSET = PACKED ? 4 : 8;
    private static final long EVENT_BYTES = PACKED ? 12 : 16;

    private static final MethodHandle CREATE = LibC.functionWithErrno("epoll_create1", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle CONTROL = LibC.functionWithErrno("epoll_ctl",
            FunctionDescriptor.of(INT, INT, INT, INT, POINTER));
    private static final MethodHandle WAIT = LibC.functionWithErrno("epoll_wait",
            FunctionDescriptor.of(INT, INT, POINTER, INT, INT));

    private final int descriptor;
    private final MemorySegment events = Arena.ofAuto().allocate(EVENTS * EVENT_BYTES, Long.BYTES);

    Epoll() {
        descriptor = LibC.orFail("an epoll", create());
    }

    private static int create() {
        try {
            return orError((int) CREATE.invokeExact(errnoState(), EPOLL_CLOEXEC));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** From any thread; below zero is an error. */
    int add(int watched, long key) {
        try (var arena = Arena.ofConfined()) {
            var event = arena.allocate(EVENT_BYTES, Long.BYTES);
            event.set(INT, 0, READABLE);
            event.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA_OFFSET, key);
            return orError((int) CONTROL.invokeExact(errnoState(), descriptor, ADD, watched, event));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** It is not reported any more, not even that its other end is closed. */
    void remove(int watched) {
        try {
            int _ = (int) CONTROL.invokeExact(errnoState(), descriptor, DELETE, watched, MemorySegment.NULL);
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /**
     * Before it is closed: a child between clone and exec still holds a copy of the descriptor, and as long as it does, a close
     * alone would leave it here and keep on reporting it.
     */
    void removeAndClose(int watched) {
        remove(watched);
        Descriptors.close(watched);
    }

    /** How many are ready. */
    int await(int timeoutMillis) {
        try {
            int count = orError((int) WAIT.invokeExact(errnoState(), descriptor, events, EVENTS, timeoutMillis));
            return count == -LibC.EINTR ? 0 : LibC.sure("epoll_wait", count);
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    long key(int event) {
        return events.get(ValueLayout.JAVA_LONG_UNALIGNED, event * EVENT_BYTES + DATA_OFFSET);
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
