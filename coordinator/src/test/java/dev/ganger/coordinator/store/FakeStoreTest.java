package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract, kept by the fake, and what only the fake can do. */
final class FakeStoreTest extends StoreContract<FakeStore> {
    private final FakeDisk disk = new FakeDisk(false);

    @Override
    FakeStore openStore() {
        return disk.open();
    }

    @Test
    void anAppendInAPowerCutIsKeptWhollyOrNotAtAll() {
        var outcomes = new TreeSet<Integer>();
        for (var seed = 0; seed < 20; seed++) {
            var cut = new FakeDisk(true);
            var store = cut.open();
            store.recover(_ -> {});
            store.append(Samples.cursor(1));
            cut.powerCutInNextAppend(new SplittableRandom(seed));
            assertThatThrownBy(() -> store.append(Samples.results(Samples.result(1, 1, 1), Samples.result(2, 1, 2))))
                    .isInstanceOf(PowerCut.class);
            assertThatThrownBy(() -> store.append(Samples.cursor(2))).isInstanceOf(PowerCut.class);
            var events = new ArrayList<Event.Durable>();
            var next = cut.open();
            next.recover(events::add);
            assertThat(next.read(0, 10)).hasSize(events.size() - 1);
            outcomes.add(events.size());
        }
        assertThat(outcomes).containsExactly(1, 3);
    }

    @Test
    void aSnapshotInAPowerCutIsCompleteOrNotThere() {
        var outcomes = new TreeSet<String>();
        for (var seed = 0; seed < 20; seed++) {
            var cut = new FakeDisk(true);
            var store = cut.open();
            store.recover(_ -> {});
            store.append(Samples.cursor(1));
            cut.powerCutInNextSnapshot(new SplittableRandom(seed));
            assertThatThrownBy(() -> store.snapshot(1, List.of(new Event.Closed()))).isInstanceOf(PowerCut.class);
            var events = new ArrayList<Event.Durable>();
            cut.open().recover(events::add);
            outcomes.add(events.toString());
        }
        assertThat(outcomes).containsExactly("[Closed[]]", "[CursorMoved[consumer=reader, next=1]]");
    }
}
