package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to hear of which job. */
final class Watchers {
    private final ConcurrentHashMap<Long, CopyOnWriteArrayList<Consumer<StreamId>>> byJob = new ConcurrentHashMap<>();

    OutputStore.Watch add(long job, Consumer<StreamId> grown) {
        byJob.compute(job, (_, before) -> {
            var watchers = before == null ? new CopyOnWriteArrayList<Consumer<StreamId>>() : before;
            watchers.add(grown);
            return watchers;
        });
        return () -> byJob.computeIfPresent(job, (_, watchers) -> {
            watchers.remove(grown);
            return watchers.isEmpty() ? null : watchers;
        });
    }

    void tell(StreamId stream) {
        byJob.getOrDefault(stream.attempt().job(), new CopyOnWriteArrayList<>(List.of()))
                .forEach(watcher -> watcher.accept(stream));
    }
}
