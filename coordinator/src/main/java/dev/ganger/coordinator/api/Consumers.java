package dev.ganger.coordinator.api;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Whose turn it is to take: of each consumer, one call at a time, in the order they came. */
final class Consumers {
    private final Map<String, Turn> turns = new HashMap<>();

    private static final class Turn {
        final Semaphore free = new Semaphore(1, true);
        int users;
    }

    /** Waits for the turn, at most so long; false if it did not come. Each true must be followed by release. */
    boolean acquire(String consumer, long millis) throws InterruptedException {
        var turn = enter(consumer);
        var got = false;
        try {
            got = turn.free.tryAcquire(millis, TimeUnit.MILLISECONDS);
            return got;
        } finally {
            if (!got) {
                leave(consumer, turn);
            }
        }
    }

    void release(String consumer) {
        Turn turn;
        synchronized (turns) {
            turn = turns.get(consumer);
        }
        if (turn != null) {
            turn.free.release();
            leave(consumer, turn);
        }
    }

    private Turn enter(String consumer) {
        synchronized (turns) {
            var turn = turns.computeIfAbsent(consumer, _ -> new Turn());
            turn.users++;
            return turn;
        }
    }

    private void leave(String consumer, Turn turn) {
        synchronized (turns) {
            if (--turn.users == 0) {
                turns.remove(consumer);
            }
        }
    }
}
