package dev.ganger.coordinator.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** Virtual time: what will happen, in order, and the last of what has happened. */
final class Agenda {
    private static final Instant EPOCH = Instant.parse("2026-11-01T10:00:00Z");
    private static final int KEPT = 400;

    private final PriorityQueue<Item> items = new PriorityQueue<>(
            Comparator.comparingLong(Item::at).thenComparingLong(Item::order));
    private final Deque<Line> trace = new ArrayDeque<>();
    private long now;
    private long order;
    private long steps;

    private record Item(long at, long order, Runnable what) {}

    /** Formatted only when somebody wants to read it. */
    private record Line(long at, String who, Object what) {}

    long now() {
        return now;
    }

    Instant wallClock() {
        return EPOCH.plusMillis(now);
    }

    /** When a clock that is right shows this. */
    static long millisAt(Instant time) {
        return Duration.between(EPOCH, time).toMillis();
    }

    long steps() {
        return steps;
    }

    void in(long millis, Runnable what) {
        at(now + millis, what);
    }

    void at(long when, Runnable what) {
        items.add(new Item(Math.max(now, when), order++, what));
    }

    /** Lets the next thing happen. */
    void step() {
        var item = items.remove();
        now = item.at();
        steps++;
        item.what().run();
    }

    void note(String who, Object what) {
        if (trace.size() == KEPT) {
            trace.removeFirst();
        }
        trace.addLast(new Line(now, who, what));
    }

    List<String> lastLines(int count) {
        return trace.stream().skip(Math.max(0, trace.size() - count))
                .map(line -> "%8d ms  %-14s %s".formatted(line.at(), line.who(), line.what())).toList();
    }
}
