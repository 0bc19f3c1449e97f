package dev.ganger.agent.output;

import java.util.concurrent.TimeUnit;

/** Wakes the one thread that waits for it; what was rung before it waits is not lost. */
final class Bell {
    private boolean rung;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /** Returns when it was rung, or after so long. */
    synchronized void await(long nanos) throws InterruptedException {
        var end = System.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 2);
        for (var left = nanos; !rung && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        rung = false;
    }
}
