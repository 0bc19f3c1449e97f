package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A done queue in memory. */
final class FakeDone implements DoneQueue {
    private final TreeMap<Long, Payload> byPosition = new TreeMap<>();

    void add(Payload.Recorded recorded) {
        put(recorded.result().position(), recorded);
    }

    void add(Payload.CancelledRange range) {
        put(range.position(), range);
    }

    Collection<Payload> records() {
        return byPosition.values();
    }

    private void put(long position, Payload payload) {
        if (!byPosition.isEmpty() && position < end(byPosition.lastEntry())) {
            throw new AssertionError("positions of the done queue only grow: %d is used".formatted(position));
        }
        byPosition.put(position, payload);
    }

    private static long end(Map.Entry<Long, Payload> entry) {
        return entry.getKey() + (entry.getValue() instanceof Payload.CancelledRange range ? range.indices().count() : 1);
    }

    @Override
    public List<Result> read(long from, int limit) {
        var results = new ArrayList<Result>();
        var first = byPosition.floorKey(from);
        for (var payload : byPosition.tailMap(first == null ? from : first).values()) {
            if (results.size() >= limit) {
                break;
            }
            if (payload instanceof Payload.CancelledRange range) {
                CancelledResults.expand(range, from, limit, results);
            } else if (payload instanceof Payload.Recorded(var result, _) && result.position() >= from) {
                results.add(result);
            }
        }
        return results;
    }

    @Override
    public Map<Long, Result> findAll(long job, long first, long last) {
        var found = new TreeMap<Long, Result>();
        each(job, first, last, found::put);
        return found;
    }

    @Override
    public Map<Long, List<Result>> findEvery(long job, long first, long last) {
        var found = new TreeMap<Long, List<Result>>();
        each(job, first, last, (index, result) -> found.computeIfAbsent(index, _ -> new ArrayList<>()).add(result));
        return found;
    }

    private void each(long job, long first, long last, BiConsumer<Long, Result> heard) {
        byPosition.values().forEach(payload -> {
            switch (payload) {
                case Payload.CancelledRange range -> CancelledResults.tell(range, job, first, last, heard);
                case Payload.Recorded(var result, _) -> tell(result, job, first, last, heard);
                case Payload.EntryChunk _ -> throw new AssertionError("no entries are put here");
            }
        });
    }

    private static void tell(Result result, long job, long first, long last, BiConsumer<Long, Result> heard) {
        var task = result.task();
        if (task.job() == job && task.index() >= first && task.index() <= last) {
            heard.accept(task.index(), result);
        }
    }

    void forget(long job) {
        byPosition.values().removeIf(payload -> switch (payload) {
            case Payload.CancelledRange range -> range.job() == job;
            case Payload.Recorded(var result, _) -> result.task().job() == job;
            case Payload.EntryChunk _ -> false;
        });
    }

    @Override
    public long first() {
        return byPosition.isEmpty() ? 1 : byPosition.firstKey();
    }

    @Override
    public long firstOf(long job) {
        for (var payload : byPosition.values()) {
            if (payload instanceof Payload.CancelledRange range && range.job() == job) {
                return range.position();
            }
            if (payload instanceof Payload.Recorded(var result, _) && result.task().job() == job) {
                return result.position();
            }
        }
        return byPosition.isEmpty() ? 1 : end(byPosition.lastEntry());
    }
}
