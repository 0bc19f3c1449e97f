package dev.ganger.coordinator.core;

import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.Result;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a decision adds to the store beside its events, in the same transaction: large, and never read again by the core. */
public sealed interface Payload {

    /** Entries of a draft: each a length of four bytes, big-endian, and its bytes. */
    record EntryChunk(UUID draft, int number, int entries, Bytes body) implements Payload {}

    /** A result record of the done queue, and which attempts of the same round were given back. */
    record Recorded(Result result, List<AttemptRange> returned) implements Payload {
        public Recorded {
            returned = List.copyOf(returned);
        }
    }

    /** Result records of tasks that were cancelled before any attempt, as one: the first has the position, the next the one after. */
    record CancelledRange(long position, long job, int round, Indices indices, String reason, Instant at) implements Payload {}
}
