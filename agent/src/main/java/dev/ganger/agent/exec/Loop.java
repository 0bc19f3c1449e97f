package dev.ganger.agent.exec;

import java.time.Duration;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The one thread that serves all children: reads what they write, hears that they end, and keeps the time. */
final class Loop implements Runnable {
    /** Orphans that running children leave are reaped this often if nothing else happens. */
    private static final Duration REAP_INTERVAL = Duration.ofSeconds(10);

    /** A key is a child's number and one of these. */
    private static final int KIND_BITS = 2;
    private static final int EXIT = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int WATCHED = 3;
    /** Children are counted from 1. */
    private static final long WAKE_UP_KEY = 0;

    private final Epoll epoll = new Epoll();
    private final WakeUp wakeUp = new WakeUp();
    private final Tree tree = new Tree();
    private final OutputPipe.Buffer buffer = new OutputPipe.Buffer();
    private final Map<Long, ChildProcess> children = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicInteger starting = new AtomicInteger();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private long nextReap = System.nanoTime() + REAP_INTERVAL.toNanos();
    private long ownMaxRssBytes;
    private volatile boolean closing;
    private volatile boolean paused;
    private volatile long pausedUntil = System.nanoTime();

    private record Alarm(long at, Runnable action) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return Long.signum(at - other.at);
        }
    }

    Loop() {
        LibC.sure("epoll_ctl", epoll.add(wakeUp.descriptor(), WAKE_UP_KEY));
    }

    /** Until {@link #endStart}, the loop waits for the child that is being started; false if it is too late. */
    boolean beginStart() {
        starting.incrementAndGet();
        if (closing) {
            endStart();
            return false;
        }
        return true;
    }

    void endStart() {
        if (starting.decrementAndGet() == 0 && closing) {
            wakeUp.raise();
        }
    }

    long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    /** From any thread; below zero is an error, and the child is no more: one that cannot be watched is not left running. */
    int add(ChildProcess child) {
        long number = child.number();
        children.put(number, child);
        int error = epoll.add(child.stdout().descriptor(), key(number, STDOUT));
        error = error < 0 ? error : epoll.add(child.stderr().descriptor(), key(number, STDERR));
        // last: after it the loop may be done with the child, and use its descriptors again
        error = error < 0 ? error : epoll.add(child.exitDescriptor(), key(number, EXIT));
        if (error < 0) {
            execute(child::discard);
        } else if (closing) {
            child.end();
        }
        return error;
    }

    /** Below zero is an error. */
    int watch(ChildProcess child, int descriptor) {
        return epoll.add(descriptor, key(child.number(), WATCHED));
    }

    void remove(ChildProcess child) {
        children.remove(child.number());
    }

    /** From any thread. A pipe is taken out of epoll when it next has something, and is put back by all being read again. */
    void readOutput(boolean wanted) {
        if (wanted && paused) {
            pausedUntil = System.nanoTime();
            paused = false;
            execute(() -> children.values().forEach(this::resume));
        } else if (!wanted) {
            paused = true;
        }
    }

    private void resume(ChildProcess child) {
        child.stdout().resume(epoll, key(child.number(), STDOUT));
        child.stderr().resume(epoll, key(child.number(), STDERR));
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether there was a moment since then in which nothing was read. */
    boolean wasPausedSince(long then) {
        return paused || pausedUntil - then > 0;
    }

    /** On the loop's thread, soon. */
    void execute(Runnable command) {
        commands.add(command);
        wakeUp.raise();
    }

    /** Only from the loop's thread. */
    void after(Duration delay, Runnable action) {
        alarms.add(new Alarm(System.nanoTime() + delay.toNanos(), action));
    }

    /** The loop ends all children, and then itself. */
    void stop() {
        closing = true;
        children.values().forEach(ChildProcess::end);
        wakeUp.raise();
    }

    @Override
    public void run() {
        try {
            while (!closing || starting.get() > 0 || !children.isEmpty()) {
                turn();
            }
        } finally {
            // there are some left only if this was a bug; nothing would ever end them
            closing = true;
            children.values().forEach(each -> Kernel.kill(-each.pid(), Kernel.SIGKILL));
            tree.reap();
            tree.close();
            wakeUp.close(epoll);
            epoll.close();
        }
    }

    private void turn() {
        int events = epoll.await(millisToNextAlarm());
        tree.forget();
        for (int i = 0; i < events; i++) {
            serve(epoll.key(i));
        }
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        while (!alarms.isEmpty() && alarms.peek().at() - System.nanoTime() <= 0) {
            alarms.remove().action().run();
        }
        if (nextReap - System.nanoTime() <= 0) {
            nextReap = System.nanoTime() + REAP_INTERVAL.toNanos();
            tree.reap();
        }
    }

    private int millisToNextAlarm() {
        long next = alarms.isEmpty() ? nextReap : Math.min(alarms.peek().at() - nextReap, 0) + nextReap;
        long millis = TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()) + 1;
        return Math.clamp(millis, 0, Integer.MAX_VALUE);
    }

    private void serve(long key) {
        if (key == WAKE_UP_KEY) {
            wakeUp.lower();
            return;
        }
        var child = children.get(key >> KIND_BITS);
        if (child == null) {
            return;
        }
        switch ((int) (key & ((1 << KIND_BITS) - 1))) {
            case EXIT -> child.onExit();
            case STDOUT -> child.onOutput(child.stdout());
            case STDERR -> child.onOutput(child.stderr());
            default -> child.onWatchedExit();
        }
    }

    /** A child starts with what this JVM ever had, so only more than that is its own; 0 is unknown. */
    long maxRssBytes(Kernel.Reaped child) {
        if (child.maxRssBytes() > ownMaxRssBytes) {
            ownMaxRssBytes = Kernel.ownMaxRssBytes();
        }
        return child.maxRssBytes() > ownMaxRssBytes ? child.maxRssBytes() : 0;
    }

    private static long key(long number, int kind) {
        return number << KIND_BITS | kind;
    }

    Epoll epoll() {
        return epoll;
    }

    Tree tree() {
        return tree;
    }

    OutputPipe.Buffer buffer() {
        return buffer;
    }
}
