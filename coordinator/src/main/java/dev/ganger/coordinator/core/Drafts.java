package dev.ganger.coordinator.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Submits that are not jobs yet: drafts that collect entries, and those that wait for room, in order. */
final class Drafts {
    private final Map<UUID, Draft> open = new LinkedHashMap<>();
    private final Map<UUID, Waiter> waiters = new LinkedHashMap<>();
    private long bytes;

    /** Entries that are stored and belong to no job yet. */
    record Draft(int chunks, long entries, long bytes, long touched) {
        static final Draft EMPTY = new Draft(0, 0, 0, 0);
    }

    /** A submit that waits; the deadline is in monotonic milliseconds, null: none. */
    record Waiter(Command.Submit submit, @Nullable Long deadline) {}

    // ---- reading

    Draft of(UUID draft) {
        return open.getOrDefault(draft, Draft.EMPTY);
    }

    Map<UUID, Draft> open() {
        return open;
    }

    Collection<Waiter> waiters() {
        return waiters.values();
    }

    boolean waits(UUID draft) {
        return waiters.containsKey(draft);
    }

    long bytes() {
        return bytes;
    }

    // ---- changing, by events only

    void store(Event.ChunkStored chunk) {
        var draft = of(chunk.draft());
        open.put(chunk.draft(), new Draft(chunk.number(), draft.entries() + chunk.entries(), draft.bytes() + chunk.bytes(),
                draft.touched()));
        bytes += chunk.bytes();
    }

    void touch(UUID id, long now) {
        open.computeIfPresent(id, (_, draft) -> new Draft(draft.chunks(), draft.entries(), draft.bytes(), now));
    }

    /** Forgets a draft, because it became a job or was dropped; gives what it held. */
    Draft remove(UUID id) {
        waiters.remove(id);
        var draft = open.remove(id);
        if (draft == null) {
            return Draft.EMPTY;
        }
        bytes -= draft.bytes();
        return draft;
    }

    void defer(Event.SubmitDeferred deferred) {
        waiters.put(deferred.submit().draft(), new Waiter(deferred.submit(), deferred.deadline()));
    }

    void stopWaiting(UUID draft) {
        waiters.remove(draft);
    }
}
