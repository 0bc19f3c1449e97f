package dev.ganger.agent.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Finds functions of the C library, and keeps what they say about an error. */
final class LibC {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final ValueLayout POINTER = ValueLayout.ADDRESS;

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENOEXEC = 8;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    static final int ENFILE = 23;
    static final int EMFILE = 24;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));
    /** The JVM itself makes system calls between ours, so errno is captured by each call, into memory of the calling thread. */
    private static final ThreadLocal<MemorySegment> ERRNO = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));
    private static final MethodHandle STRERROR = function("strerror", FunctionDescriptor.of(POINTER, INT));
    private static final long MESSAGE_BYTES = 200;

    private LibC() {}

    static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        var address = LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsupportedOperationException(
                "the C library has no function " + name + "; Ganger's agent needs Linux with glibc 2.34 or newer"));
        return LINKER.downcallHandle(address, type, options);
    }

    /** Its first parameter is {@link #errnoState()}. */
    static MethodHandle functionWithErrno(String name, FunctionDescriptor type, Linker.Option... options) {
        var all = Stream.concat(Arrays.stream(options), Stream.of(Linker.Option.captureCallState("errno")));
        return function(name, type, all.toArray(Linker.Option[]::new));
    }

    static MemorySegment errnoState() {
        return ERRNO.get();
    }

    /** The result, or the error as a negative number. */
    static int orError(int result) {
        return result >= 0 ? result : -ERRNO.get().get(INT, ERRNO_OFFSET);
    }

    /** The same for functions that return a long. */
    static long orError(long result) {
        return result >= 0 ? result : -ERRNO.get().get(INT, ERRNO_OFFSET);
    }

    /** For people. */
    static String text(int error) {
        try {
            var message = ((MemorySegment) STRERROR.invokeExact(error)).reinterpret(MESSAGE_BYTES);
            return message.getString(0, StandardCharsets.UTF_8) + " (error " + error + ")";
        } catch (Throwable thrown) {
            throw bug(thrown);
        }
    }

    /** Calls of the C library throw only when they are linked wrongly. */
    static AssertionError bug(Throwable thrown) {
        return thrown instanceof AssertionError failure
                ? failure
                : new AssertionError("a function of the C library is linked wrongly", thrown);
    }

    /** For calls that cannot fail as they are used here. */
    static int sure(String function, int result) {
        if (result < 0) {
            throw new AssertionError(function + " failed: " + text(-result));
        }
        return result;
    }

    /** For what is needed to open at all. */
    static int orFail(String what, int result) {
        if (result < 0) {
            throw new UncheckedIOException(new IOException("cannot make " + what + ", which is needed to watch child processes: "
                    + text(-result) + "; raise the limit or change the kernel, then start again"));
        }
        return result;
    }
}
