package dev.ganger.agent.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Streams that are young, in the order of their first bytes: one queue for all of them instead of a timer for each. */
final class Nursery {
    /** How long after its first byte a stream goes live. */
    static final long YOUTH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Deque<Child> children = new ArrayDeque<>();
    private final Bell bell;

    /** When it is grown up. */
    private record Child(StreamCollector stream, long at) {}

    Nursery(Bell bell) {
        this.bell = bell;
    }

    synchronized void add(StreamCollector stream) {
        children.add(new Child(stream, System.nanoTime() + YOUTH_NANOS));
        if (children.size() == 1) {
            bell.ring();
        }
    }

    /** Sends those on their way that are old enough; nanoseconds until the next one is. */
    long growUp() {
        for (var next = nextGrown(); next != null; next = nextGrown()) {
            next.growUp();
        }
        return nanosToNext();
    }

    private synchronized @Nullable StreamCollector nextGrown() {
        var first = children.peek();
        if (first == null || (first.stream().isYoung() && first.at() - System.nanoTime() > 0)) {
            return null;
        }
        return children.remove().stream();
    }

    private synchronized long nanosToNext() {
        var first = children.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.at() - System.nanoTime());
    }
}
