package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.util.List;
import java.util.function.Consumer;

/**
 * The durable history of the coordinator. One thread recovers and appends; snapshots may be written by another at the same time.
 * Batches are numbered from 1 without a gap.
 */
public interface Journal extends AutoCloseable {

    /**
     * Gives the events of the newest complete snapshot and of all batches after it, in order. Called once, before the first append.
     *
     * @return the number of the last batch; 0 if there is none
     * @throws StoreException if what is on disk is not what was written, with the place; never skips anything
     */
    long recover(Consumer<Event.Durable> each);

    /**
     * Makes a batch durable; when this returns it survives power loss. All of it or nothing.
     *
     * @return its number
     * @throws StoreException if that failed: what is on disk is then not known, and the process must end
     */
    long append(Batch batch);

    /**
     * Keeps the state after a batch as a list of events, then forgets the batches up to it. Does not hold up appends for longer than
     * writing one part of it takes.
     */
    void snapshot(long batch, List<Event.Durable> events);

    /** Closing twice is harmless. */
    @Override
    void close();
}
