package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The output of one moment, for whoever checks it: reads and never writes, whether a coordinator writes meanwhile or not. What the index
 * does not have yet is found in the segments, as a coordinator that starts does, and noted in a copy of the index. Files stay open, so that
 * what is copied together and removed meanwhile can still be read.
 */
public final class FrozenOutput implements AutoCloseable {
    /** What is removed beside these cannot be read any more. */
    private static final int HELD_FILES = 1_500;
    /** Each time it turns out that a segment was removed between two steps. */
    private static final int LOOKS = 10;
    private static final SegmentSettings READ_ONLY = new SegmentSettings(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO,
            FrozenOutput::open);

    private final Segments segments;
    private final OutputIndex index;
    private final Found found;
    private final ChainReader reader = new ChainReader();

    private FrozenOutput(Segments segments, OutputIndex index, Found found) {
        this.segments = segments;
        this.index = index;
        this.found = found;
    }

    private static FileChannel open(Path file, Set<? extends OpenOption> ignored) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * As it is now.
     *
     * @param copies gives, each time it is asked, a copy of the folder's index as it is then, which is written to and closed in the end
     */
    public static FrozenOutput open(Path folder, Supplier<? extends OutputIndex> copies) {
        for (var look = 1;; look++) {
            var frozen = look(folder, copies);
            if (!frozen.found.hasLost || look == LOOKS) {
                return frozen;
            }
            frozen.close();
        }
    }

    /** What the index speaks of is in a file that was held before, or at the end of what was written since. */
    private static FrozenOutput look(Path folder, Supplier<? extends OutputIndex> copies) {
        try {
            var segments = Segments.look(folder, READ_ONLY, HELD_FILES);
            var frozen = new FrozenOutput(segments, copies.get(), new Found());
            segments.catchUp(HELD_FILES);
            new Recovery(segments, frozen.index, frozen.found).run();
            return frozen;
        } catch (IOException cause) {
            throw new OutputException(
                    "cannot read what is in %s: %s; look at its rights and its disk".formatted(folder, cause.getMessage()),
                    cause);
        }
    }

    /** What is lost, in sentences. */
    public List<String> faults() {
        return found.faults;
    }

    /** What is worth knowing and no fault, in sentences. */
    public List<String> notes() {
        return found.notes;
    }

    /** Reads every byte of every segment, and checks that the index tells the truth about them. */
    public void checkSegments(Consumer<String> faults, LongConsumer readBytes) {
        for (var row : index.segments()) {
            var file = segments.find(row.segment(), row.generation());
            if (file != null) {
                check(file, row, faults);
                readBytes.accept(row.to());
            }
        }
    }

    private void check(SegmentFile file, OutputIndex.Indexed row, Consumer<String> faults) {
        try {
            new SegmentCheck(file, faults).run(row.to(), index.chains(row.segment(), row.segment()));
        } catch (SegmentGone cause) {
            throw new AssertionError("nobody removes what is only looked at", cause);
        }
    }

    /** Bytes in the segments. */
    public long bytes() {
        return segments.bytes();
    }

    /** The offset after the last byte of a stream; 0 if nothing is known of it. */
    public long end(StreamId stream) {
        var last = index.last(stream);
        return last == null ? 0 : last.end();
    }

    /**
     * The bytes from an offset on, at most so many, or from the next that are there; null at the end. What is damaged is an
     * {@link OutputException}, what was removed meanwhile a {@link MovedException}.
     */
    public OutputStore.@Nullable Piece read(StreamId stream, long offset, int most) {
        var chain = index.from(stream, offset);
        if (chain == null) {
            return null;
        }
        var file = segments.find(chain.segment(), chain.generation());
        try {
            if (file == null) {
                throw new OutputException("segment %d is not there".formatted(chain.segment()));
            }
            return reader.read(file, chain, offset, most);
        } catch (SegmentGone cause) {
            throw new OutputException("the index has offset %d, and no frame does".formatted(offset), cause);
        } catch (OutputException cause) {
            throw cause.getCause() instanceof NoSuchFileException ? new MovedException(cause) : cause;
        }
    }

    @Override
    public void close() {
        segments.close();
        index.close();
    }

    /** A segment was removed while somebody wanted to read it. */
    public static final class MovedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MovedException(Throwable cause) {
            super(cause);
        }
    }

    /** What the segments and their index say of each other: nothing is repaired, all is told. */
    private static final class Found implements Repair {
        private final List<String> faults = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean hasLost;

        @Override
        public void lost(SegmentFile file, long syncedBytes) {
            hasLost = true;
            faults.add("%s has %d bytes and was synced with %d: the rest is lost".formatted(file.path(), file.length(),
                    syncedBytes));
        }

        @Override
        public void missing(OutputIndex.Indexed segment) {
            hasLost = true;
            faults.add("segment %d is missing: %d bytes of output in it are lost".formatted(segment.segment(), segment.alive()));
        }

        @Override
        public void passedOver(SegmentFile file, Frame frame) {
            notes.add("%d bytes of %s in %s follow bytes that were not synced, so they were not acknowledged".formatted(
                    frame.length(), frame.stream(), file.path()));
        }

        @Override
        public void cut(SegmentFile file, long at) {
            notes.add("the last %d bytes of %s are no whole frames: they were not synced, and are cut off at the next start"
                    .formatted(file.length() - at, file.path()));
        }

        @Override
        public void indexed(SegmentFile file, long frames, long from, long to) {
            // What a coordinator has not brought to its index yet.
        }

        @Override
        public void sync(SegmentFile file) {
            // Nothing was written.
        }
    }
}
