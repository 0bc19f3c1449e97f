package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what tasks write. Every call may come from any thread, and may block on the disk; a failure of it is an {@link OutputException}. */
public interface OutputStore extends AutoCloseable {

    /**
     * Keeps bytes of a stream that stand at an offset. What is there already is passed over; what lies between the end and the offset was
     * never given, and is missing for ever. It can be read at once, and is durable after a {@link #sync}.
     *
     * @param limitBytes the first half of so many bytes and the rest of them from the end can be read for ever; what is between may go as
     *     soon as the stream is longer. Long.MAX_VALUE: everything stays
     * @param data       read to its end; not kept
     */
    void append(StreamId stream, long limitBytes, long offset, ByteBuffer data);

    /** Completed when everything that was appended before this call is durable; fails with an OutputException. */
    CompletableFuture<Void> sync();

    /** Where the next byte of a stream goes; 0 if nothing is known of it. */
    long end(StreamId stream);

    /** The bytes from an offset on, at most so many and at least one, or from the next that are there if some are missing; null at the end. */
    @Nullable
    Piece read(StreamId stream, long offset, int most);

    /** The streams of a job's tasks with an index from first to last of which something is kept, in the order of task, attempt and name. */
    List<StreamId> streams(long job, long first, long last);

    /** Tells of each stream of a job that has grown, on the thread that made it grow; must not block. */
    Watch watch(long job, Consumer<StreamId> grown);

    /** Drops what a job's tasks wrote; later bytes of it are kept like any others. */
    void forget(long job);

    /** The jobs of which something is kept. */
    Set<Long> jobs();

    /** Bytes on disk. */
    long bytes();

    /** Bytes of what is kept: less than are on disk while what was dropped waits to be removed. May take a moment. */
    long keptBytes();

    /** Waits for what is under way; what was appended is durable then. */
    @Override
    void close();

    /** Bytes that stand at an offset. */
    record Piece(long offset, ByteBuffer data) {
        public long end() {
            return offset + data.remaining();
        }
    }

    /** Ends the calls of a watcher. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
