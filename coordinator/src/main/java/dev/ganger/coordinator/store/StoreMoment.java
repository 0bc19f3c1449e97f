package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One moment of what a coordinator keeps but output, for whoever checks it; damage is told in sentences. */
public interface StoreMoment {

    /** Gives all events as a coordinator that starts does, each with where it stands; a StoreException says where this is not possible. */
    void replay(BiConsumer<String, Event.Durable> each);

    /** Gives the rows of the done queue from a position on, at most so many, and tells of damage. */
    void results(long from, long most, Consumer<String> faults, Consumer<DoneRow> each);

    /** Tells of rows of the done queue that something says are there. */
    void missingResults(Consumer<String> faults);

    /** A way through the done queue beside all others. */
    ResultWalk walk();

    /** Gives what is kept of every draft, and tells of damage. */
    void entries(Consumer<String> faults, Consumer<StoredDraft> each);

    /** Finds results; positions only grow from call to call. */
    interface ResultWalk extends AutoCloseable {
        /** Null if there is none at the position. */
        @Nullable
        Found at(long position);

        @Override
        void close();
    }

    /** A result, and whether it names the attempts that were given back. */
    record Found(Payload.Recorded recorded, boolean namesReturned) {}

    /** The entries that are kept of a draft, and their bytes as they are stored; swept: they wait to be removed. */
    record StoredDraft(UUID draft, long entries, long bytes, boolean swept) {}
}
