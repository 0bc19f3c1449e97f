package dev.ganger.coordinator.core;

import dev.ganger.model.Bytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which job each key made: as long as the job is kept, and for a while after it was forgotten. */
final class Keys {
    private final Map<Key, Holder> present = new HashMap<>();
    /** In the order in which their jobs were forgotten. */
    private final Map<Key, Event.KeyKept> past = new LinkedHashMap<>();

    private record Key(String submitter, String key) {}

    /** A job, as a submit with its key must be to be the same. */
    record Holder(long job, Bytes digest, long tasks) {}

    /** Null if the key is free; the empty key always is. */
    @Nullable
    Holder holder(String submitter, String key) {
        var name = new Key(submitter, key);
        var holder = present.get(name);
        var kept = past.get(name);
        return holder != null || kept == null ? holder : new Holder(kept.job(), kept.digest(), kept.tasks());
    }

    /** Which job each key of a job that is kept names. */
    List<Held> present() {
        return present.entrySet().stream()
                .map(each -> new Held(each.getKey().submitter(), each.getKey().key(), each.getValue().job())).toList();
    }

    /** A key, and its job. */
    record Held(String submitter, String key, long job) {}

    void take(Event.Submitted submitted) {
        if (!submitted.key().isEmpty()) {
            present.put(new Key(submitted.submitter(), submitted.key()),
                    new Holder(submitted.job(), submitted.digest(), submitted.indices().count()));
        }
    }

    /** The job is forgotten; its key is kept. */
    void outlive(Event.Submitted origin, Instant at) {
        if (!origin.key().isEmpty()) {
            present.remove(new Key(origin.submitter(), origin.key()));
            keep(new Event.KeyKept(origin.submitter(), origin.key(), origin.digest(), origin.job(), origin.indices().count(),
                    at));
        }
    }

    void keep(Event.KeyKept kept) {
        past.put(new Key(kept.submitter(), kept.key()), kept);
    }

    void drop(Event.KeyDropped dropped) {
        past.remove(new Key(dropped.submitter(), dropped.key()));
    }

    /** The key that has been kept longest; null if there is none. */
    Event.@Nullable KeyKept oldest() {
        return past.isEmpty() ? null : past.values().iterator().next();
    }

    List<Event.KeyKept> past() {
        return List.copyOf(past.values());
    }
}
