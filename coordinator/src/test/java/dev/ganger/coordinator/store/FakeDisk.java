package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What outlives the processes of a simulation: it opens one store after the other, and cuts their power. */
public final class FakeDisk {
    private final boolean encodes;
    private @Nullable FakeStore powered;
    private PowerCut.@Nullable When nextAppend;
    private PowerCut.@Nullable When nextSnapshot;

    private boolean full;

    private long snapshot;
    private List<Event.Durable> snapshotEvents = List.of();
    private long last;
    private final ArrayDeque<List<Event.Durable>> journal = new ArrayDeque<>();
    private final FakeDone done = new FakeDone();
    private final FakeEntries entries = new FakeEntries();

    /** Encodes: all that is kept goes through the bytes of the real store, slower, and seeing what those forget. */
    public FakeDisk(boolean encodes) {
        this.encodes = encodes;
    }

    /** A new process; the one before is dead. */
    public FakeStore open() {
        var store = new FakeStore(this);
        powered = store;
        nextAppend = null;
        nextSnapshot = null;
        return store;
    }

    /** Cuts the power now; the store that is open throws from now on. */
    public void powerCut() {
        powered = null;
    }

    /** Cuts the power in the midst of the next append, before or after it is durable. */
    public void powerCutInNextAppend(SplittableRandom random) {
        nextAppend = random.nextBoolean() ? PowerCut.When.BEFORE_DURABLE : PowerCut.When.AFTER_DURABLE;
    }

    /** Cuts the power in the midst of the next snapshot, before or after it is complete. */
    public void powerCutInNextSnapshot(SplittableRandom random) {
        nextSnapshot = random.nextBoolean() ? PowerCut.When.BEFORE_DURABLE : PowerCut.When.AFTER_DURABLE;
    }

    /** Nothing more fits on it, until there is room again. */
    public void fill(boolean isFull) {
        full = isFull;
    }

    /** What it holds now. */
    public StoreMoment moment() {
        var events = new ArrayList<>(snapshotEvents);
        journal.forEach(events::addAll);
        return new FakeMoment(events, done, entries);
    }

    void checkPower(FakeStore store) {
        if (powered != store) {
            throw new PowerCut("before");
        }
    }

    void close(FakeStore store) {
        if (powered == store) {
            powered = null;
        }
    }

    long recover(Consumer<Event.Durable> each) {
        snapshotEvents.forEach(each);
        journal.forEach(events -> events.forEach(each));
        return last;
    }

    long append(Batch batch) {
        cutIf(full, "because an append did not fit on the disk");
        cutIf(nextAppend == PowerCut.When.BEFORE_DURABLE, "before an append was durable");
        journal.add(kept(batch.events()));
        last++;
        entries.apply(batch);
        for (var payload : batch.payloads()) {
            switch (payload) {
                case Payload.EntryChunk _ -> {
                }
                case Payload.Recorded recorded -> done.add(kept(recorded));
                case Payload.CancelledRange range -> done.add(kept(range));
            }
        }
        for (var event : batch.events()) {
            if (event instanceof Event.JobForgotten forgotten) {
                done.forget(forgotten.job());
            }
        }
        cutIf(nextAppend == PowerCut.When.AFTER_DURABLE, "after an append was durable");
        return last;
    }

    void snapshot(long batch, List<Event.Durable> events) {
        if (batch < 1 || batch > last) {
            throw new AssertionError("a snapshot is of a batch that was appended, not of " + batch);
        }
        cutIf(nextSnapshot == PowerCut.When.BEFORE_DURABLE, "before a snapshot was complete");
        if (batch > snapshot) {
            snapshotEvents = kept(events);
        }
        for (; snapshot < batch; snapshot++) {
            journal.remove();
        }
        cutIf(nextSnapshot == PowerCut.When.AFTER_DURABLE, "after a snapshot was complete");
    }

    private void cutIf(boolean cut, String when) {
        if (cut) {
            powerCut();
            throw new PowerCut(when);
        }
    }

    private List<Event.Durable> kept(List<Event.Durable> events) {
        return encodes ? EventCodec.decode(EventCodec.encode(events)) : List.copyOf(events);
    }

    private Payload.Recorded kept(Payload.Recorded recorded) {
        return encodes
                ? DoneCodec.recorded(DoneCodec.decode(DoneCodec.encode(List.of(DoneCodec.record(recorded)))).getFirst())
                : recorded;
    }

    private Payload.CancelledRange kept(Payload.CancelledRange range) {
        return encodes
                ? DoneCodec.cancelledRange(DoneCodec.decode(DoneCodec.encode(List.of(DoneCodec.record(range)))).getFirst())
                : range;
    }

    FakeDone done() {
        return done;
    }

    FakeEntries entries() {
        return entries;
    }
}
