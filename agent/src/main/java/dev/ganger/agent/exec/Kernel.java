package dev.ganger.agent.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

import static dev.ganger.agent.exec.LibC.INT;
import static dev.ganger.agent.exec.LibC.LONG;
import static dev.ganger.agent.exec.LibC.POINTER;
import static dev.ganger.agent.exec.LibC.errnoState;
import static dev.ganger.agent.exec.LibC.orError;

/** Processes as the kernel knows them: signals, waiting, process descriptors; results below zero are errors. */
final class Kernel {
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;
    static final int SIGCHLD = 17;
    static final int SIGCONT = 18;

    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int WNOHANG = 1;
    private static final int RUSAGE_SELF = 0;
    private static final long RUSAGE_BYTES = 144;
    private static final long RUSAGE_SYSTEM = 16;
    private static final long RUSAGE_MAX_RSS = 32;
    /** The same on both architectures; glibc 2.34 has no functions for them yet. */
    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;

    private static final MethodHandle KILL = LibC.functionWithErrno("kill", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle WAIT4 = LibC.functionWithErrno("wait4",
            FunctionDescriptor.of(INT, INT, POINTER, INT, POINTER));
    private static final MethodHandle GETRUSAGE = LibC.functionWithErrno("getrusage", FunctionDescriptor.of(INT, INT, POINTER));
    private static final MethodHandle GETTID = LibC.function("gettid", FunctionDescriptor.of(INT));
    private static final MethodHandle SIGNAL = LibC.functionWithErrno("signal", FunctionDescriptor.of(LONG, INT, LONG));
    private static final MethodHandle PRCTL = LibC.functionWithErrno("prctl",
            FunctionDescriptor.of(INT, INT, LONG, LONG, LONG, LONG), Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL = LibC.functionWithErrno("syscall",
            FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG), Linker.Option.firstVariadicArg(1));

    private Kernel() {}

    /**
     * How a child ended, and what it used.
     *
     * @param status as wait gives it
     */
    record Reaped(int status, Duration cpuUser, Duration cpuSystem, long maxRssBytes) {}

    /** To a process, or with a negative number to a process group. */
    static int kill(long pid, int signal) {
        try {
            return orError((int) KILL.invokeExact(errnoState(), (int) pid, signal));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** Takes a child that has ended out of the process table; null if it has not, or is no child. */
    static @Nullable Reaped reap(long pid) {
        return wait4(pid, WNOHANG);
    }

    /** Waits for its end. */
    static @Nullable Reaped reapAfterKill(long pid) {
        return wait4(pid, 0);
    }

    private static @Nullable Reaped wait4(long pid, int options) {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(RUSAGE_BYTES + LONG.byteSize(), LONG.byteAlignment());
            var status = memory.asSlice(RUSAGE_BYTES);
            int reaped = (int) WAIT4.invokeExact(errnoState(), (int) pid, status, options, memory);
            if (reaped <= 0) {
                return null;
            }
            return new Reaped(status.get(INT, 0), time(memory, 0), time(memory, RUSAGE_SYSTEM), maxRssBytes(memory));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    private static Duration time(MemorySegment usage, long offset) {
        long micros = usage.get(LONG, offset + LONG.byteSize());
        return Duration.ofSeconds(usage.get(LONG, offset), micros * 1_000);
    }

    private static long maxRssBytes(MemorySegment usage) {
        return usage.get(LONG, RUSAGE_MAX_RSS) * 1024;
    }

    /** The largest resident set this process ever had. */
    static long ownMaxRssBytes() {
        try (var arena = Arena.ofConfined()) {
            var usage = arena.allocate(RUSAGE_BYTES, LONG.byteAlignment());
            LibC.sure("getrusage", orError((int) GETRUSAGE.invokeExact(errnoState(), RUSAGE_SELF, usage)));
            return maxRssBytes(usage);
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    static int threadId() {
        try {
            return (int) GETTID.invokeExact();
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** From now on orphans below this process become its children. */
    static void adoptOrphans() {
        try {
            LibC.sure("prctl", orError((int) PRCTL.invokeExact(errnoState(), PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L)));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** Whoever started this JVM may have ignored SIGCHLD; then children would vanish without a status. */
    static void keepEndedChildren() {
        try {
            long _ = (long) SIGNAL.invokeExact(errnoState(), SIGCHLD, 0L);
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** A descriptor that becomes readable when the process ends, and never means another one. */
    static int openProcess(long pid) {
        return (int) systemCall(SYS_PIDFD_OPEN, pid, 0, 0, 0);
    }

    static int signalProcess(int processDescriptor, int signal) {
        return (int) systemCall(SYS_PIDFD_SEND_SIGNAL, processDescriptor, signal, 0, 0);
    }

    private static long systemCall(long number, long first, long second, long third, long fourth) {
        try {
            return orError((long) SYSCALL.invokeExact(errnoState(), number, first, second, third, fourth));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }
}
