package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A done queue in memory. */
final class FakeDone implements DoneQueue {
    private final TreeMap<Long, Payload> byPosition = new TreeMap<>();
    private final Map<TaskId, Result> recorded = new HashMap<>();
    private final List<Payload.CancelledRange> cancelled = new ArrayList<>();

    void add(Result result) {
        put(result.position(), new Payload.Recorded(result));
        recorded.put(result.task(), result);
    }

    void add(Payload.CancelledRange range) {
        put(range.position(), range);
        cancelled.add(range);
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
            } else if (payload instanceof Payload.Recorded(var result) && result.position() >= from) {
                results.add(result);
            }
        }
        return results;
    }

    @Override
    public @Nullable Result find(TaskId task) {
        var last = recorded.get(task);
        for (var range : cancelled.reversed()) {
            if (last != null && range.position() < last.position()) {
                return last;
            }
            var result = CancelledResults.find(range, task);
            if (result != null) {
                return result;
            }
        }
        return last;
    }
}
