package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import java.util.List;

/** How many tasks that ran were finished a second, over the last ten seconds. */
final class Throughput {
    private static final int SECONDS = 10;
    private final long[] counts = new long[SECONDS];
    private final long[] ofSecond = new long[SECONDS];
    private final long start = second();

    /** Listens for as long as the core lives. */
    Throughput(Core core) {
        var _ = core.watch(new Topic.Results(), this::heard);
    }

    private synchronized void heard(List<Event> events) {
        var results = events.stream().filter(event -> event instanceof Event.Finished).count();
        var second = second();
        var place = (int) (second % SECONDS);
        counts[place] = ofSecond[place] == second ? counts[place] + results : results;
        ofSecond[place] = second;
    }

    synchronized double perSecond() {
        var now = second();
        var sum = 0L;
        for (var place = 0; place < SECONDS; place++) {
            sum += ofSecond[place] > now - SECONDS && ofSecond[place] <= now ? counts[place] : 0;
        }
        return sum / (double) Math.clamp(now - start + 1, 1, SECONDS);
    }

    private static long second() {
        return Math.floorDiv(System.nanoTime(), 1_000_000_000L) + (1L << 40);
    }
}
