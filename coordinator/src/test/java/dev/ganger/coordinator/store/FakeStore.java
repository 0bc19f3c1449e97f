package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A store in memory that can lose its power: what was durable stays on its {@link FakeDisk}, and the next {@link FakeDisk#open} finds
 * it. One thread uses it. Passes the same contract test as {@link SqliteStore}.
 */
public final class FakeStore implements Journal, DoneQueue, Entries {
    private final FakeDisk disk;

    FakeStore(FakeDisk disk) {
        this.disk = disk;
    }

    @Override
    public long recover(Consumer<Event.Durable> each) {
        disk.checkPower(this);
        return disk.recover(each);
    }

    @Override
    public long append(Batch batch) {
        disk.checkPower(this);
        return disk.append(batch);
    }

    @Override
    public void snapshot(long batch, List<Event.Durable> events) {
        disk.checkPower(this);
        disk.snapshot(batch, events);
    }

    @Override
    public List<Result> read(long from, int limit) {
        disk.checkPower(this);
        return disk.done().read(from, limit);
    }

    @Override
    public Map<Long, Result> findAll(long job, long first, long last) {
        disk.checkPower(this);
        return disk.done().findAll(job, first, last);
    }

    @Override
    public Map<Long, List<Result>> findEvery(long job, long first, long last) {
        return disk.done().findEvery(job, first, last);
    }

    @Override
    public long first() {
        disk.checkPower(this);
        return disk.done().first();
    }

    @Override
    public long firstOf(long job) {
        disk.checkPower(this);
        return disk.done().firstOf(job);
    }

    @Override
    public List<Bytes> read(UUID draft, long first, long last) {
        disk.checkPower(this);
        return disk.entries().read(draft, first, last);
    }

    @Override
    public void close() {
        disk.close(this);
    }
}
