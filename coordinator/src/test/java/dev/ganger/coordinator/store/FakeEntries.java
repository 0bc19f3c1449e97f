package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Entries in memory. */
final class FakeEntries implements Entries {
    private final Map<UUID, List<Bytes>> drafts = new HashMap<>();

    void apply(Batch batch) {
        var chunks = new ArrayDeque<Payload.EntryChunk>();
        for (var payload : batch.payloads()) {
            if (payload instanceof Payload.EntryChunk chunk) {
                chunks.add(chunk);
            }
        }
        for (var event : batch.events()) {
            if (event instanceof Event.ChunkStored && !chunks.isEmpty()) {
                add(chunks.remove());
            } else if (event instanceof Event.DraftDropped(var draft)) {
                drafts.remove(draft);
            } else if (event instanceof Event.JobForgotten forgotten) {
                drafts.remove(forgotten.draft());
            }
        }
        chunks.forEach(this::add);
    }

    private void add(Payload.EntryChunk chunk) {
        var entries = drafts.computeIfAbsent(chunk.draft(), _ -> new ArrayList<>());
        EntryChunks.addEntries(chunk.body().toByteArray(), 1, 1, chunk.entries(), entries);
    }

    Map<UUID, List<Bytes>> drafts() {
        return drafts;
    }

    @Override
    public List<Bytes> read(UUID draft, long first, long last) {
        var entries = drafts.getOrDefault(draft, List.of());
        if (first < 1 || last > entries.size()) {
            throw new StoreException(
                    "draft %s has %d entries, and not the entries %d to %d".formatted(draft, entries.size(), first, last));
        }
        return List.copyOf(entries.subList((int) first - 1, (int) last));
    }
}
