package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

import static dev.ganger.agent.exec.LibC.INT;
import static dev.ganger.agent.exec.LibC.POINTER;

/**
 * posix_spawn: a child in its own session, with three descriptors, no blocked signals and the default for each signal.
 *
 * <p>A JVM blocks and handles signals of its own, and a child would inherit what is blocked or ignored.
 */
final class Spawn {
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;
    private static final int FIRST_TO_CLOSE = 3;
    /** Larger than in glibc on either architecture (336, 128 and 80). */
    private static final long ATTRIBUTES_BYTES = 512;
    private static final long SIGNAL_SET_BYTES = 128;
    private static final long ACTIONS_BYTES = 128;

    private static final MethodHandle SPAWN = LibC.function("posix_spawn",
            FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER));
    private static final MethodHandle ATTRIBUTES_INIT = onPointer("posix_spawnattr_init");
    private static final MethodHandle SET_FLAGS = LibC.function("posix_spawnattr_setflags",
            FunctionDescriptor.of(INT, POINTER, ValueLayout.JAVA_SHORT));
    private static final MethodHandle SET_DEFAULTS = LibC.function("posix_spawnattr_setsigdefault",
            FunctionDescriptor.of(INT, POINTER, POINTER));
    private static final MethodHandle SET_MASK = LibC.function("posix_spawnattr_setsigmask",
            FunctionDescriptor.of(INT, POINTER, POINTER));
    private static final MethodHandle ACTIONS_INIT = onPointer("posix_spawn_file_actions_init");
    private static final MethodHandle ACTIONS_DESTROY = onPointer("posix_spawn_file_actions_destroy");
    private static final MethodHandle ADD_DUP2 = LibC.function("posix_spawn_file_actions_adddup2",
            FunctionDescriptor.of(INT, POINTER, INT, INT));
    private static final MethodHandle ADD_CHDIR = LibC.function("posix_spawn_file_actions_addchdir_np",
            FunctionDescriptor.of(INT, POINTER, POINTER));
    private static final MethodHandle ADD_CLOSEFROM = LibC.function("posix_spawn_file_actions_addclosefrom_np",
            FunctionDescriptor.of(INT, POINTER, INT));

    private final MemorySegment attributes;

    /** What is the same for every child is made once; it is only read afterwards. */
    Spawn() {
        var arena = Arena.ofAuto();
        attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
        var signals = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES);
        try {
            check((int) ATTRIBUTES_INIT.invokeExact(attributes));
            check((int) SET_FLAGS.invokeExact(attributes, (short) (SETSIGDEF | SETSIGMASK | SETSID)));
            check((int) SET_MASK.invokeExact(attributes, signals));
            // sigfillset leaves out two that glibc uses itself, which would then be ignored in the child
            check((int) SET_DEFAULTS.invokeExact(attributes, signals.fill((byte) 0xff)));
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    /** What becomes the child's standard input, output and error; they stay open in this process. */
    record Streams(int stdin, int stdout, int stderr) {}

    /** The process id, or an error below zero. */
    int start(Arena arena, Bytes program, List<Bytes> arguments, Launch launch, Streams streams) {
        var actions = arena.allocate(ACTIONS_BYTES, Long.BYTES);
        var pid = arena.allocate(INT);
        try {
            check((int) ACTIONS_INIT.invokeExact(actions));
            check((int) ADD_DUP2.invokeExact(actions, streams.stdin(), 0));
            check((int) ADD_DUP2.invokeExact(actions, streams.stdout(), 1));
            check((int) ADD_DUP2.invokeExact(actions, streams.stderr(), 2));
            check((int) ADD_CLOSEFROM.invokeExact(actions, FIRST_TO_CLOSE));
            check((int) ADD_CHDIR.invokeExact(actions, CString.of(arena, launch.directory())));
            int error = (int) SPAWN.invokeExact(pid, CString.of(arena, program), actions, attributes,
                    CString.array(arena, arguments), CString.array(arena, launch.environment()));
            check((int) ACTIONS_DESTROY.invokeExact(actions));
            return error == 0 ? pid.get(INT, 0) : -error;
        } catch (Throwable thrown) {
            throw LibC.bug(thrown);
        }
    }

    private static MethodHandle onPointer(String name) {
        return LibC.function(name, FunctionDescriptor.of(INT, POINTER));
    }

    private static void check(int error) {
        if (error != 0) {
            throw new AssertionError("a child cannot be described to posix_spawn: " + LibC.text(error));
        }
    }
}
