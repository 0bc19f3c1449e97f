package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import dev.ganger.model.Ending.Obstacle;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static dev.ganger.agent.exec.LibC.INT;
import static dev.ganger.agent.exec.LibC.POINTER;
import static dev.ganger.agent.exec.LibC.errnoState;
import static dev.ganger.agent.exec.LibC.orError;

/**
 * Finds the program of a launch where the task would, and says what is in the way when it cannot be started.
 *
 * <p>The rules are those of execvp, by which {@code xargs} and {@code env} find programs, applied to the task's PATH and directory.
 */
final class Program {
    /** Where execvp looks if there is no PATH. */
    private static final byte[] DEFAULT_PATH = "/bin:/usr/bin".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PATH_VARIABLE = "PATH=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SLASH = {'/'};

    private static final int AT_FDCWD = -100;
    private static final int EXECUTABLE = 1;
    private static final int STATX_TYPE = 1;
    private static final long STATX_BYTES = 256;
    private static final long STATX_MODE = 28;
    private static final int TYPE_BITS = 0170000;
    private static final int REGULAR_FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    /** As much as is looked at to tell a script from a binary. */
    private static final long HEAD_BYTES = 256;

    private static final MethodHandle ACCESS = LibC.functionWithErrno("access", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle STATX = LibC.functionWithErrno("statx",
            FunctionDescriptor.of(INT, INT, POINTER, INT, INT, POINTER));

    private final Arena arena;
    private final Launch launch;
    private final byte[] name;

    Program(Arena arena, Launch launch) {
        this.arena = arena;
        this.launch = launch;
        this.name = launch.arguments().getFirst().toByteArray();
    }

    /** What to give to exec: as it would be written in the task's directory. */
    Bytes find() throws CannotStart {
        return launch.arguments().getFirst().contains('/') ? launch.arguments().getFirst() : findInPath();
    }

    private Bytes findInPath() throws CannotStart {
        byte[] path = path();
        Bytes obstacle = Bytes.EMPTY;
        for (int start = 0; start <= path.length;) {
            int end = endOfEntry(path, start);
            var candidate = end == start
                    ? Bytes.of(name)
                    : CString.join(Arrays.copyOfRange(path, start, end), SLASH, name);
            int error = obstacleOf(candidate);
            if (error == 0) {
                return candidate;
            }
            if (error == LibC.EACCES && obstacle.isEmpty()) {
                obstacle = candidate;
            }
            start = end + 1;
        }
        checkDirectory();
        if (!obstacle.isEmpty()) {
            throw notExecutable(obstacle);
        }
        throw new CannotStart(Obstacle.NO_SUCH_PROGRAM, notInPath(path));
    }

    private String notInPath(byte[] path) {
        var program = launch.arguments().getFirst();
        return program.contains(' ')
                ? "no program '%s'; for a command line use --shell, or leave out the quotes around it".formatted(program)
                : "no program '%s' in the task's PATH, which is '%s'; install it on this agent or name its path"
                        .formatted(program, new String(path, StandardCharsets.UTF_8));
    }

    private byte[] path() {
        for (var each : launch.environment()) {
            if (each.size() >= PATH_VARIABLE.length && each.at(0) == 'P') {
                byte[] variable = each.toByteArray();
                if (Arrays.equals(variable, 0, PATH_VARIABLE.length, PATH_VARIABLE, 0, PATH_VARIABLE.length)) {
                    return Arrays.copyOfRange(variable, PATH_VARIABLE.length, variable.length);
                }
            }
        }
        return DEFAULT_PATH;
    }

    private static int endOfEntry(byte[] path, int start) {
        int end = start;
        while (end < path.length && path[end] != ':') {
            end++;
        }
        return end;
    }

    /** 0 if it is a file that may be executed; EACCES if it is there and is none; otherwise another error. */
    private int obstacleOf(Bytes candidate) {
        var file = CString.of(arena, inDirectory(candidate));
        int error = -access(file);
        if (error != 0) {
            return error;
        }
        return type(file) == REGULAR_FILE ? 0 : LibC.EACCES;
    }

    private Bytes inDirectory(Bytes path) {
        return !path.isEmpty() && path.at(0) == '/'
                ? path
                : CString.join(launch.directory().toByteArray(), SLASH, path.toByteArray());
    }

    /** True for a text without #!, which execvp, xargs and every shell run by /bin/sh. */
    boolean isScript(Bytes program) {
        int descriptor = Descriptors.openToRead(CString.of(arena, inDirectory(program)));
        if (descriptor < 0) {
            return false;
        }
        var head = arena.allocate(HEAD_BYTES);
        long size = Math.max(0, Descriptors.read(descriptor, head));
        Descriptors.close(descriptor);
        for (long i = 0; i < size; i++) {
            byte octet = head.get(ValueLayout.JAVA_BYTE, i);
            if (octet == 0 || octet == '\n') {
                return octet != 0;
            }
        }
        return true;
    }

    /** Why exec of this program failed. */
    CannotStart explain(Bytes program, int error) throws CannotStart {
        checkDirectory();
        int obstacle = obstacleOf(program);
        if (obstacle == LibC.ENOENT || obstacle == LibC.ENOTDIR) {
            return new CannotStart(Obstacle.NO_SUCH_PROGRAM,
                    "no program '%s' in '%s'; install it on this agent or correct its path".formatted(program,
                            launch.directory()));
        }
        if (obstacle == LibC.EACCES || error == LibC.EACCES) {
            return notExecutable(program);
        }
        if (error == LibC.ENOENT || error == LibC.ENOTDIR) {
            return new CannotStart(Obstacle.NOT_EXECUTABLE,
                    "'%s' names an interpreter that is not there; install it on this agent or correct its first line"
                            .formatted(program));
        }
        if (error == LibC.ENOEXEC) {
            return new CannotStart(Obstacle.NOT_EXECUTABLE,
                    "'%s' is no program this machine can run; perhaps it is for another one".formatted(program));
        }
        return new CannotStart(Obstacle.OTHER, "'%s' cannot be started: %s".formatted(program, LibC.text(error)));
    }

    private CannotStart notExecutable(Bytes program) {
        return type(CString.of(arena, inDirectory(program))) == DIRECTORY
                ? new CannotStart(Obstacle.NOT_EXECUTABLE, "'%s' is a directory; name a program".formatted(program))
                : new CannotStart(Obstacle.NOT_EXECUTABLE,
                        "'%s' may not be executed; chmod +x it on this agent".formatted(program));
    }

    private void checkDirectory() throws CannotStart {
        var directory = CString.of(arena, launch.directory());
        int type = type(directory);
        if (type < 0) {
            throw noDirectory("is not there: " + LibC.text(-type));
        }
        if (type != DIRECTORY) {
            throw noDirectory("is not a directory");
        }
        if (access(directory) < 0) {
            throw noDirectory("may not be entered");
        }
    }

    private CannotStart noDirectory(String why) {
        return new CannotStart(Obstacle.NO_SUCH_DIRECTORY,
                "the working directory '%s' %s; make it on this agent or name another".formatted(launch.directory(), why));
    }

    private static int access(MemorySegment file) {
        try {
            return orError((int) ACCESS.invokeExact(errnoState(), file, EXECUTABLE));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** The type bits of its mode, or an error below zero. */
    private int type(MemorySegment file) {
        var result = arena.allocate(STATX_BYTES, Long.BYTES);
        try {
            int error = orError((int) STATX.invokeExact(errnoState(), AT_FDCWD, file, 0, STATX_TYPE, result));
            return error < 0 ? error : result.get(ValueLayout.JAVA_SHORT, STATX_MODE) & TYPE_BITS;
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }
}
