package dev.ganger.agent.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

import static dev.ganger.agent.exec.LibC.INT;
import static dev.ganger.agent.exec.LibC.LONG;
import static dev.ganger.agent.exec.LibC.POINTER;
import static dev.ganger.agent.exec.LibC.errnoState;
import static dev.ganger.agent.exec.LibC.orError;

/** File descriptors: every one made here is closed on exec; results below zero are errors. */
final class Descriptors {
    private static final int O_CLOEXEC = 02000000;
    private static final int O_NONBLOCK = 04000;
    private static final int F_SETFL = 4;
    private static final int EFD_NONBLOCK_CLOEXEC = O_NONBLOCK | O_CLOEXEC;
    private static final int MFD_CLOEXEC_ALLOW_SEALING = 3;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_SEAL_ALL = 0xf;

    private static final MethodHandle PIPE2 = LibC.functionWithErrno("pipe2", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle OPEN = LibC.functionWithErrno("open", FunctionDescriptor.of(INT, POINTER, INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL = LibC.functionWithErrno("fcntl", FunctionDescriptor.of(INT, INT, INT, INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ = LibC.functionWithErrno("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle PREAD = LibC.functionWithErrno("pread",
            FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));
    private static final MethodHandle PWRITE = LibC.functionWithErrno("pwrite",
            FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));
    private static final MethodHandle EVENTFD = LibC.functionWithErrno("eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle EVENTFD_WRITE = LibC.functionWithErrno("eventfd_write",
            FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle EVENTFD_READ = LibC.functionWithErrno("eventfd_read",
            FunctionDescriptor.of(INT, INT, POINTER));
    private static final MethodHandle MEMFD_CREATE = LibC.functionWithErrno("memfd_create",
            FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle CLOSE = LibC.function("close", FunctionDescriptor.of(INT, INT));

    private Descriptors() {}

    /** Fills in the end to read and the end to write. */
    static int pipe(MemorySegment twoInts) {
        try {
            return orError((int) PIPE2.invokeExact(errnoState(), twoInts, O_CLOEXEC));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** Concerns this end of a pipe only: the child's end goes on to block, as programs expect. */
    static void neverBlock(int descriptor) {
        LibC.sure("fcntl", fcntl(descriptor, F_SETFL, O_NONBLOCK));
    }

    static int openToRead(String path) {
        try (var arena = Arena.ofConfined()) {
            return openToRead(CString.of(arena, path));
        }
    }

    static int openToRead(MemorySegment path) {
        try {
            return orError((int) OPEN.invokeExact(errnoState(), path, O_CLOEXEC));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    static long read(int descriptor, MemorySegment buffer) {
        try {
            return orError((long) READ.invokeExact(errnoState(), descriptor, buffer, buffer.byteSize()));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    static long readAt(int descriptor, MemorySegment buffer, long offset) {
        try {
            return orError((long) PREAD.invokeExact(errnoState(), descriptor, buffer, buffer.byteSize(), offset));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    static int event() {
        try {
            return orError((int) EVENTFD.invokeExact(errnoState(), 0, EFD_NONBLOCK_CLOEXEC));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** Fails only when it was raised already, which is as good. */
    static void raise(int event) {
        try {
            int _ = (int) EVENTFD_WRITE.invokeExact(errnoState(), event, 1L);
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** Fails only when it is not raised, which is as good. */
    static void lower(int event) {
        try (var arena = Arena.ofConfined()) {
            int _ = (int) EVENTFD_READ.invokeExact(errnoState(), event, arena.allocate(LONG));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /**
     * A file in memory that holds this and can only be read.
     *
     * <p>Standard input is such a file, not a pipe: nobody has to feed it while the child runs, and a child that does not read it
     * blocks nobody.
     */
    static int memory(byte[] content) {
        try (var arena = Arena.ofConfined()) {
            int descriptor = orError((int) MEMFD_CREATE.invokeExact(errnoState(), CString.of(arena, "stdin"),
                    MFD_CLOEXEC_ALLOW_SEALING));
            if (descriptor < 0) {
                return descriptor;
            }
            int written = fill(descriptor, arena.allocate(content.length).copyFrom(MemorySegment.ofArray(content)));
            if (written < 0) {
                close(descriptor);
                return written;
            }
            LibC.sure("fcntl", fcntl(descriptor, F_ADD_SEALS, F_SEAL_ALL));
            return descriptor;
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** At its own place, so that the child reads from the start. */
    private static int fill(int descriptor, MemorySegment content) throws Throwable {
        long end = 0;
        while (end < content.byteSize()) {
            var rest = content.asSlice(end);
            long written = orError((long) PWRITE.invokeExact(errnoState(), descriptor, rest, rest.byteSize(), end));
            if (written < 0) {
                return (int) written;
            }
            end += written;
        }
        return 0;
    }

    static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    private static int fcntl(int descriptor, int operation, int value) {
        try {
            return orError((int) FCNTL.invokeExact(errnoState(), descriptor, operation, value));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }
}
