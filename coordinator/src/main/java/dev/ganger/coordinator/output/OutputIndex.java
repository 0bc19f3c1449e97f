package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which chains there are, behind the segments by what was written last: the segments explain themselves, so it can be lost. What was
 * changed is durable when a call returns; a failure is an {@link OutputException} after which nothing of the change is kept and later
 * calls are tried anew. Reads may come from any thread, changes from one at a time.
 */
public interface OutputIndex extends AutoCloseable {

    /** The chain with the end of a stream; null if nothing is known of it. */
    @Nullable
    Chain last(StreamId stream);

    /** The chain that holds an offset, or else the next one; null if there is none. */
    @Nullable
    Chain from(StreamId stream, long offset);

    /** In the order of task, attempt and name. */
    List<StreamId> streams(long job, long first, long last);

    Set<Long> jobs();

    /** In the order of their numbers. */
    List<Indexed> segments();

    /** The chains in a range of segments, by stream and offset. */
    List<Chain> chains(long firstSegment, long lastSegment);

    /** In one step: keeps chains, in place of those that began at the same offset, drops what is trimmed, and says how far segments are indexed. */
    void write(List<Chain> chains, List<Trim> trims, List<Indexed> indexed);

    /** Drops at most so many chains of a job, in segments up to this one; false when there were no more. */
    boolean forget(long job, long lastSegment, int most);

    /** Drops all chains of a stream in segments up to this one. */
    void drop(StreamId stream, long lastSegment);

    /** In one step: drops a range of segments with their chains, and keeps these in their place. */
    void replace(long firstSegment, long lastSegment, List<Indexed> by, List<Chain> chains);

    @Override
    void close();

    /**
     * How far a segment is indexed.
     *
     * @param to    the position up to which all frames are in chains
     * @param alive bytes of the frames of its chains; only read
     */
    record Indexed(long segment, int generation, long to, long alive) {}

    /** The chains of a stream that lie wholly between two offsets may go. */
    record Trim(StreamId stream, long from, long to) {}
}
