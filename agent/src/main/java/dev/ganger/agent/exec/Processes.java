package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts child processes and makes sure that nothing is left of them. */
public final class Processes implements AutoCloseable {
    private static final Bytes SHELL = Bytes.utf8("/bin/sh");

    private final int nothing = LibC.orFail("a descriptor of /dev/null", Descriptors.openToRead("/dev/null"));
    private final Spawn spawn = new Spawn();
    private final Loop loop = new Loop();
    private final Thread thread = Thread.ofPlatform().name("ganger-exec").daemon().unstarted(loop);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Processes() {}

    /** From now on this process is the one that orphans of its children come to. */
    public static Processes open() {
        Kernel.adoptOrphans();
        Kernel.keepEndedChildren();
        var processes = new Processes();
        processes.thread.start();
        return processes;
    }

    /**
     * Ends what a killed life of this program left: all that has this variable ({@code NAME=value}) and one of these task marks in its
     * environment, and all that came from it. Gives how many there were.
     */
    public static int endLeft(Bytes variable, Set<Bytes> taskMarks) {
        return FormerLife.end(variable, taskMarks);
    }

    /**
     * Starts a child, from any thread; takes as long as the kernel needs to start a program, well under a millisecond.
     *
     * <p>The listener may be called before this returns. The calling thread is the child's parent: to hand it over to the thread
     * of the loop would cost two changes of thread for each child, and block the reading of all others for as long as the start
     * takes. Children of a thread that ends look like adopted ones, which is why {@link Tree} knows them. Only the first thread of
     * the process may not call this: it is where adopted processes arrive, and one that is not known yet would be taken for one.
     * (With the {@code java} launcher no Java code runs on it.)
     */
    public Child start(Launch launch, Listener listener) throws CannotStart {
        if (Kernel.threadId() == ProcessHandle.current().pid()) {
            throw new AssertionError("the first thread of a process must not start children: orphans are told by it");
        }
        if (!loop.beginStart()) {
            throw new IllegalStateException("nothing can be started any more: the processes are closed");
        }
        try (var arena = Arena.ofConfined()) {
            return start(arena, launch, listener);
        } finally {
            loop.endStart();
        }
    }

    private Child start(Arena arena, Launch launch, Listener listener) throws CannotStart {
        try (var open = new OpenDescriptors(arena)) {
            var program = new Program(arena, launch);
            var path = program.find();
            int stdin = launch.standardInput().isEmpty() ? nothing : open.memory(launch.standardInput());
            var stdout = open.pipe();
            var stderr = open.pipe();
            var streams = new Spawn.Streams(stdin, stdout.write(), stderr.write());
            int pid = spawn(arena, program, path, launch, streams);
            // Before the loop may hear of the child's end: the end of its output has to be there by then.
            open.closeNow(stdout.write(), stderr.write());
            int exit = openExit(pid);
            open.keep(stdout.read(), stderr.read());
            var started = new Started(pid, exit, stdout.read(), stderr.read());
            var child = new ChildProcess(loop, loop.nextNumber(), launch, listener, started);
            Tree.enter(pid, child);
            OpenDescriptors.check(loop.add(child));
            return child;
        }
    }

    /** A script without #! is run by /bin/sh, as execvp and so xargs do. */
    private int spawn(Arena arena, Program program, Bytes path, Launch launch, Spawn.Streams streams) throws CannotStart {
        int pid = spawn.start(arena, path, launch.arguments(), launch, streams);
        if (pid == -LibC.ENOEXEC && program.isScript(path)) {
            var arguments = new ArrayList<>(launch.arguments());
            arguments.set(0, path);
            arguments.addFirst(SHELL);
            pid = spawn.start(arena, SHELL, arguments, launch, streams);
        }
        if (pid < 0) {
            throw program.explain(path, -pid);
        }
        return pid;
    }

    /** A child that cannot be watched is not left running. */
    private static int openExit(int pid) throws CannotStart {
        int exit = Kernel.openProcess(pid);
        if (exit < 0) {
            Kernel.kill(-pid, Kernel.SIGKILL);
            Kernel.reapAfterKill(pid);
        }
        return OpenDescriptors.check(exit);
    }

    /**
     * Whether what children write is read, from any thread and without waiting; true at first. What they write while it is not stays in
     * their pipes, and when those are full they wait in their writes. Of a child that ends meanwhile everything is read nevertheless.
     */
    public void readOutput(boolean wanted) {
        loop.readOutput(wanted);
    }

    /** Ends every child it started, as {@link Child#end} does, and returns when all have ended. */
    @Override
    public void close() {
        if (Thread.currentThread().equals(thread)) {
            throw new AssertionError("a listener must not close the processes: its own thread has to end first");
        }
        loop.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (closed.compareAndSet(false, true)) {
            Descriptors.close(nothing);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
