package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Kernel.Reaped;
import dev.ganger.agent.exec.ProcFiles.Identity;
import dev.ganger.agent.exec.ProcFiles.Sighting;
import dev.ganger.model.Ending;
import dev.ganger.model.Survivors;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One child from its start until nothing is left of it.
 *
 * <p>The child itself is reaped last: as long as it is in the process table its pid names its session and group, and nobody
 * else's. Everything but {@link #end} and {@link #kill} runs on the loop's thread.
 */
final class ChildProcess implements Child {
    /**
     * How long a process that outlives the child may go on writing, before it is ended: {@code command > >(tee log)} is done a
     * moment after its shell.
     */
    static final Duration LINGER = Duration.ofMillis(500);
    /** How long a process that outlives the child has to end by itself: mostly it is ending already. */
    static final Duration SETTLE = Duration.ofMillis(50);
    /** How long KILL may take; what lives longer is stuck in the kernel or belongs to another user. */
    static final Duration KILL_WAIT = Duration.ofSeconds(5);
    /** How soon to try again what a tracer or a full table of descriptors holds up. */
    static final Duration RETRY = Duration.ofMillis(20);

    /** What it is waiting for. */
    private enum Stage {
        RUNNING, LINGERING, SETTLING, TERMINATING, KILLING, DRAINING, REAPING, ENDED
    }

    private final Loop loop;
    private final long number;
    private final Launch launch;
    private final Listener listener;
    private final long pid;
    private final int exitDescriptor;
    private final OutputPipe stdout;
    private final OutputPipe stderr;

    private Stage stage = Stage.RUNNING;
    private int alarm;
    private long lingeringSince;
    private boolean exited;
    private boolean exitedByItself;
    private final Set<Identity> seen = new HashSet<>();
    private final Set<Long> sessions = new HashSet<>();
    private final Set<Identity> signaled = new HashSet<>();
    private final Set<Identity> strays = new HashSet<>();
    private @Nullable Watch watch;
    private Survivors notEnded = Survivors.NONE;

    /** The one process of the tree whose end is waited for now. */
    private record Watch(Identity process, int descriptor) {}

    ChildProcess(Loop loop, long number, Launch launch, Listener listener, Started started) {
        this.loop = loop;
        this.number = number;
        this.launch = launch;
        this.listener = listener;
        this.pid = started.pid();
        this.exitDescriptor = started.exitDescriptor();
        this.stdout = new OutputPipe(started.stdout(), listener::stdout);
        this.stderr = new OutputPipe(started.stderr(), listener::stderr);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public void end() {
        loop.execute(() -> {
            if (stage.compareTo(Stage.TERMINATING) < 0) {
                terminate();
            }
        });
    }

    @Override
    public void kill() {
        loop.execute(() -> {
            if (stage.compareTo(Stage.KILLING) < 0) {
                killAll();
            }
        });
    }

    /** Never used twice, unlike the pid. */
    long number() {
        return number;
    }

    boolean hasExited() {
        return exited;
    }

    boolean hasSeen(Identity process) {
        return seen.contains(process);
    }

    /** Whether all of that session is its own: a session is made by one process, and nobody can join it. */
    boolean hasMade(long session) {
        return session == pid || sessions.contains(session);
    }

    /** Whoever comes of it may hide, and end before it can be looked at. */
    void sawSession(long session) {
        sessions.add(session);
    }

    byte[] taskVariable() {
        return Launch.variable(launch.taskMark()).toByteArray();
    }

    int exitDescriptor() {
        return exitDescriptor;
    }

    OutputPipe stdout() {
        return stdout;
    }

    OutputPipe stderr() {
        return stderr;
    }

    void onOutput(OutputPipe pipe) {
        if (loop.isPaused()) {
            pipe.pause(loop.epoll());
            return;
        }
        pipe.read(loop.buffer(), loop.epoll());
        if (hasOutputEnded()) {
            onOutputEnd();
        }
    }

    private void onOutputEnd() {
        if (stage == Stage.LINGERING) {
            settle();
        } else if (stage == Stage.DRAINING) {
            finish();
        }
    }

    void onExit() {
        if (exited) {
            return;
        }
        exited = true;
        exitedByItself = stage == Stage.RUNNING;
        loop.epoll().removeAndClose(exitDescriptor);
        if (stage != Stage.RUNNING) {
            sweep();
            return;
        }
        // what it wrote last can be here before the pipe says so; mostly this is the end of it
        readRest();
        if (hasOutputEnded()) {
            settle();
        } else {
            linger();
        }
    }

    /** While nothing is read nobody will say that a pipe has ended, so it is looked at here. */
    private void readRest() {
        if (loop.isPaused()) {
            stdout.drain(loop.buffer(), loop.epoll());
            stderr.drain(loop.buffer(), loop.epoll());
        } else {
            stdout.read(loop.buffer(), loop.epoll());
            stderr.read(loop.buffer(), loop.epoll());
        }
    }

    private void linger() {
        lingeringSince = System.nanoTime();
        enter(Stage.LINGERING, LINGER);
    }

    void onWatchedExit() {
        stopWatching();
        sweep();
    }

    /** It cannot be watched, and nobody was told of it. */
    void discard() {
        stage = Stage.ENDED;
        Kernel.kill(-pid, Kernel.SIGKILL);
        Kernel.reapAfterKill(pid);
        Tree.leave(pid, this);
        loop.epoll().removeAndClose(exitDescriptor);
        stdout.close(loop.epoll());
        stderr.close(loop.epoll());
        loop.remove(this);
    }

    /** The time of a stage is over; an alarm that was set in an earlier stage means nothing. */
    private void onAlarm(int number) {
        if (number != alarm) {
            return;
        }
        switch (stage) {
            case LINGERING -> {
                if (loop.wasPausedSince(lingeringSince)) {
                    linger();
                } else {
                    settle();
                }
            }
            case SETTLING -> terminate();
            case TERMINATING -> killAll();
            case KILLING -> giveUp();
            case DRAINING, REAPING -> finish();
            case ENDED -> {
            }
            case RUNNING -> throw new AssertionError("nothing limits how long a child runs here");
        }
    }

    private void settle() {
        var members = loop.tree().members(this);
        if (members.isEmpty()) {
            finish();
        } else {
            enter(Stage.SETTLING, SETTLE);
            follow(members);
        }
    }

    private void terminate() {
        enter(Stage.TERMINATING, launch.grace());
        signalTree(Kernel.SIGTERM);
    }

    private void killAll() {
        enter(Stage.KILLING, KILL_WAIT);
        signaled.clear();
        signalTree(Kernel.SIGKILL);
    }

    /** The group is signalled at once, so that none of its processes slips through by forking; then what is outside of it. */
    private void signalTree(int signal) {
        var members = loop.tree().members(this);
        Kernel.kill(-pid, signal);
        Kernel.kill(-pid, Kernel.SIGCONT);
        members.stream().filter(each -> each.group() == pid).map(Sighting::identity).forEach(signaled::add);
        follow(members);
    }

    /** Something has ended: is there more, which was not there before? */
    private void sweep() {
        if (stage == Stage.SETTLING || stage == Stage.TERMINATING || stage == Stage.KILLING) {
            loop.tree().forget();
            follow(loop.tree().members(this));
        }
    }

    private void follow(List<Sighting> members) {
        if (stage != Stage.SETTLING) {
            signal(members.stream().filter(this::isNew).toList());
        }
        if (exited && members.isEmpty()) {
            drain();
        } else if (exited) {
            watchOneOf(members);
        }
    }

    private boolean isNew(Sighting member) {
        seen.add(member.identity());
        sessions.add(member.session());
        if (exitedByItself) {
            strays.add(member.identity());
        }
        return signaled.add(member.identity());
    }

    private void signal(List<Sighting> members) {
        if (stage == Stage.KILLING) {
            // by groups: each may have forked and ended since it was seen, and so on for ever
            members.stream().map(Sighting::group).distinct().forEach(Tree::killGroup);
        } else {
            members.forEach(each -> Tree.signal(each.identity(), Kernel.SIGTERM, Kernel.SIGCONT));
        }
    }

    /** One is enough: when it has ended, the others are looked at again. */
    private void watchOneOf(List<Sighting> members) {
        for (var each : members) {
            if (watch != null && watch.process().equals(each.identity())) {
                return;
            }
        }
        stopWatching();
        var first = members.getFirst().identity();
        int descriptor = Kernel.openProcess(first.pid());
        if (descriptor < 0) {
            // it has just ended, or there are too many descriptors
            loop.after(RETRY, this::sweep);
            return;
        }
        watch = new Watch(first, descriptor);
        if (loop.watch(this, descriptor) < 0) {
            stopWatching();
            loop.after(RETRY, this::sweep);
        }
    }

    private void stopWatching() {
        if (watch != null) {
            loop.epoll().removeAndClose(watch.descriptor());
            watch = null;
        }
    }

    private void giveUp() {
        loop.tree().forget();
        var members = loop.tree().members(this);
        loop.tree().giveUp(members);
        var left = Stream.concat(exited ? Stream.empty() : Stream.of(pid), members.stream().map(Sighting::pid));
        notEnded = Survivors.of(left.map(each -> new Survivors.Survivor(each, ProcFiles.command(each))).toList());
        finish();
    }

    private void drain() {
        if (loop.isPaused()) {
            readRest();
        }
        if (hasOutputEnded()) {
            finish();
        } else {
            enter(Stage.DRAINING, LINGER);
        }
    }

    private void finish() {
        closeOutput(stdout);
        closeOutput(stderr);
        stopWatching();
        if (!exited) {
            loop.epoll().removeAndClose(exitDescriptor);
            loop.tree().abandon(pid, this);
            conclude(new Reaped(Kernel.SIGKILL, Duration.ZERO, Duration.ZERO, 0));
            return;
        }
        var reaped = Kernel.reap(pid);
        if (reaped == null) {
            enter(Stage.REAPING, RETRY);
            return;
        }
        Tree.leave(pid, this);
        conclude(reaped);
    }

    private void conclude(Reaped reaped) {
        stage = Stage.ENDED;
        loop.remove(this);
        listener.ended(
                new Exit(ending(reaped.status()), reaped.cpuUser(), reaped.cpuSystem(), loop.maxRssBytes(reaped), strays.size(),
                        notEnded));
    }

    /** As the macros of sys/wait.h read it. */
    private static Ending ending(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Ending.Exited(status >> 8 & 0xff) : new Ending.Signaled(signal);
    }

    /** Hands over what is still in the pipe, which matters when somebody keeps it open. */
    private void closeOutput(OutputPipe pipe) {
        pipe.drain(loop.buffer(), loop.epoll());
        pipe.close(loop.epoll());
    }

    private boolean hasOutputEnded() {
        return !stdout.isOpen() && !stderr.isOpen();
    }

    private void enter(Stage next, Duration time) {
        stage = next;
        int number = ++alarm;
        loop.after(time, () -> onAlarm(number));
    }
}
