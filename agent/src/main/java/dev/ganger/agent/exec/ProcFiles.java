package dev.ganger.agent.exec;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what /proc says about processes. */
final class ProcFiles {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int THREADS = 17;
    private static final int START = 19;
    private static final int PAGE_BYTES = 4096;

    private ProcFiles() {}

    /**
     * One process, as it was when it was looked at.
     *
     * @param startTicks with the pid it names a process for ever: a later one with the same pid has a later start
     * @param living     false for one that has ended and was not waited for
     */
    record Sighting(long pid, long startTicks, long parent, long group, long session, boolean living) {
        Identity identity() {
            return new Identity(pid, startTicks);
        }
    }

    /** Names one process for ever. */
    record Identity(long pid, long startTicks) {}

    /** Null if it is no more. */
    static @Nullable Sighting process(long pid) {
        byte[] content = content(pid, "stat");
        if (content == null || content.length == 0) {
            return null;
        }
        // the name may hold anything, but what follows the last ')' is numbers
        var text = new String(content, StandardCharsets.ISO_8859_1);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        char state = fields[STATE].charAt(0);
        // the first thread of a process can end before the others
        boolean ended = state == 'X' || (state == 'Z' && Long.parseLong(fields[THREADS]) <= 1);
        return new Sighting(pid, Long.parseLong(fields[START]), Long.parseLong(fields[PARENT]), Long.parseLong(fields[GROUP]),
                Long.parseLong(fields[SESSION]), !ended);
    }

    /** All of this machine that can be seen. */
    static List<Sighting> all() {
        String[] names = new File("/proc").list();
        if (names == null) {
            throw new AssertionError("/proc cannot be listed; without it no process tree can be ended");
        }
        var all = new ArrayList<Sighting>(names.length);
        for (var name : names) {
            if (Character.isDigit(name.charAt(0))) {
                var process = process(Long.parseLong(name));
                if (process != null) {
                    all.add(process);
                }
            }
        }
        return all;
    }

    /** The kernel's name for what it runs, at most 15 characters; empty if it is no more. */
    static String command(long pid) {
        byte[] content = content(pid, "comm");
        return content == null ? "" : new String(content, StandardCharsets.UTF_8).strip();
    }

    /** Whether this stands in the environment it was started with. */
    static boolean hasVariable(long pid, byte[] variable) {
        byte[] environment = content(pid, "environ");
        if (environment == null) {
            return false;
        }
        for (int start = 0; start < environment.length;) {
            int end = start;
            while (end < environment.length && environment[end] != 0) {
                end++;
            }
            if (Arrays.equals(environment, start, end, variable, 0, variable.length)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** Through the C library, which is several times as fast as java.nio and makes no garbage of exceptions. */
    private static byte @Nullable [] content(long pid, String file) {
        try (var arena = Arena.ofConfined()) {
            int descriptor = Descriptors.openToRead(CString.of(arena, "/proc/" + pid + "/" + file));
            if (descriptor == -LibC.EMFILE || descriptor == -LibC.ENFILE) {
                throw new AssertionError("no process tree can be seen: " + LibC.text(-descriptor)
                        + "; raise the agent's limit of open files (ulimit -n)");
            }
            if (descriptor < 0) {
                // it has ended meanwhile, or is not ours to look at
                return null;
            }
            var content = readAll(arena, descriptor);
            Descriptors.close(descriptor);
            return content;
        }
    }

    private static byte @Nullable [] readAll(Arena arena, int descriptor) {
        var buffer = arena.allocate(PAGE_BYTES);
        var all = new ByteArrayOutputStream();
        while (true) {
            long size = Descriptors.read(descriptor, buffer);
            if (size <= 0) {
                return size == 0 ? all.toByteArray() : null;
            }
            all.writeBytes(buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /**
     * The children of this process's first thread, which are above all the orphans it adopted.
     *
     * <p>The kernel gives an orphan to the first living thread of the process that adopts, and a child to the thread that started
     * it. The first thread of a JVM runs no Java code, so all it has are orphans (and children of threads that have ended).
     */
    static final class Adopted implements AutoCloseable {
        private final int descriptor;
        private final MemorySegment buffer = Arena.ofAuto().allocate(PAGE_BYTES);

        Adopted() {
            long pid = ProcessHandle.current().pid();
            descriptor = LibC.orFail("a list of adopted processes (CONFIG_PROC_CHILDREN)",
                    Descriptors.openToRead("/proc/self/task/" + pid + "/children"));
        }

        /** One system call if there are none, which is nearly always. */
        List<Long> pids() {
            long size = Descriptors.readAt(descriptor, buffer, 0);
            if (size <= 0) {
                LibC.sure("reading the adopted processes", (int) size);
                return List.of();
            }
            var pids = new ArrayList<Long>();
            long pid = 0;
            for (long offset = 0; size > 0; offset += size, size = Descriptors.readAt(descriptor, buffer, offset)) {
                for (long i = 0; i < size; i++) {
                    byte digit = buffer.get(ValueLayout.JAVA_BYTE, i);
                    if (digit == ' ') {
                        pids.add(pid);
                        pid = 0;
                    } else {
                        pid = pid * 10 + digit - '0';
                    }
                }
            }
            return pids;
        }

        @Override
        public void close() {
            Descriptors.close(descriptor);
        }
    }
}
