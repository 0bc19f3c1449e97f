package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A process that appends, says what is durable, and waits to be killed. Batch n moves the cursor to n and records result n. */
final class StoreChild {
    private StoreChild() {}

    static void main(String[] arguments) {
        var store = SqliteStore.open(Path.of(arguments[0]));
        var last = new AtomicLong(store.recover(_ -> {}));
        Thread.ofPlatform().daemon().start(() -> snapshotAgainAndAgain(store, last));
        while (true) {
            var number = store.append(batch(last.get() + 1));
            last.set(number);
            System.out.println(number);
        }
    }

    static Batch batch(long number) {
        return new Batch(List.of(new Event.CursorMoved("child", number), new Event.Closed()),
                List.of(Samples.recorded(Samples.result(number, 1, number))));
    }

    private static void snapshotAgainAndAgain(SqliteStore store, AtomicLong last) {
        while (true) {
            var number = last.get();
            var events = new ArrayList<Event.Durable>(Collections.nCopies(20_000, new Event.CursorMoved("filler", 1)));
            events.add(new Event.CursorMoved("child", number));
            if (number > 0) {
                store.snapshot(number, events);
            }
        }
    }
}
