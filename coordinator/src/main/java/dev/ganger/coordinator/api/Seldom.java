package dev.ganger.coordinator.api;

import java.util.concurrent.TimeUnit;

/** Lets what anybody can cause be said once a minute, with how often it was passed over. From any thread. */
final class Seldom {
    private static final long BETWEEN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long saidAt = System.nanoTime() - BETWEEN_NANOS;
    private long passedOver;

    /** How often it was not said since it was said last; below zero if it is not to be said now. */
    synchronized long passedOver() {
        var now = System.nanoTime();
        if (now - saidAt < BETWEEN_NANOS) {
            passedOver++;
            return -1;
        }
        var before = passedOver;
        saidAt = now;
        passedOver = 0;
        return before;
    }
}
