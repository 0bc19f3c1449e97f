package dev.ganger.coordinator.output;

import dev.ganger.model.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends frames to one segment after the other; used under the lock of the store. */
final class SegmentWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    private final Segments segments;
    private final Ledger ledger;
    private final SegmentSettings settings;
    private final Runnable sealed;
    private final ByteBuffer header = ByteBuffer.allocateDirect(Frame.HEADER_BYTES);
    private final Set<SegmentFile> unindexed = new HashSet<>();
    private @Nullable SegmentFile active;

    /** Goes on with the last segment if there is room, and says whenever one is left. */
    SegmentWriter(Segments segments, Ledger ledger, SegmentSettings settings, Runnable sealed) {
        this.segments = segments;
        this.ledger = ledger;
        this.settings = settings;
        this.sealed = sealed;
        var last = segments.last();
        this.active = last != null && last.name().generation() == 0 ? last : null;
    }

    /** True if the stream has grown. */
    boolean append(Growing growing, long limitBytes, long offset, ByteBuffer data) {
        var known = (int) Math.clamp(growing.end() - offset, 0, data.remaining());
        data.position(data.position() + known);
        if (!data.hasRemaining()) {
            return false;
        }
        var at = offset + known;
        if (at > growing.end() && growing.isFirstGap()) {
            LOG.warn("bytes {} to {} of {} were never given: they are missing for ever", growing.end(), at, growing.stream());
        }
        while (data.hasRemaining()) {
            var size = Math.min(data.remaining(), Limits.OUTPUT_CHUNK_BYTES);
            var segment = segmentFor(Frame.HEADER_BYTES + size);
            var frame = new Frame(growing.stream(), at, size, growing.lastIn(segment.name().number()),
                    at > growing.end(), false);
            var position = write(segment, frame, data.slice(data.position(), size));
            ledger.add(growing, frame, segment.name(), position, limitBytes);
            data.position(data.position() + size);
            at += size;
        }
        return true;
    }

    /** Says in the files that all frames of a job so far are dead, for whoever reads them without the index. */
    void forget(long job) {
        write(segmentFor(Frame.HEADER_BYTES), Frame.forget(job), ByteBuffer.allocate(0));
    }

    private SegmentFile segmentFor(int size) {
        var segment = active;
        if (segment != null && (segment.length() == 0 || segment.length() + size <= settings.segmentBytes())) {
            return segment;
        }
        try {
            var next = segments.create();
            active = next;
            if (segment != null) {
                segments.used(segment);
            }
            sealed.run();
            return next;
        } catch (IOException cause) {
            throw new OutputException("cannot begin a segment in %s: %s; make room, or look at the rights of the folder"
                    .formatted(segments.folder(), cause.getMessage()), cause);
        }
    }

    private int write(SegmentFile segment, Frame frame, ByteBuffer data) {
        frame.writeTo(header, data);
        try {
            var position = segment.append(header, data);
            unindexed.add(segment);
            return position;
        } catch (IOException cause) {
            throw new OutputException("cannot write %d bytes of %s to %s: %s; make room, what was written before is kept"
                    .formatted(data.remaining(), frame.stream(), segment.path(), cause.getMessage()), cause);
        }
    }

    /** The segments that the index does not have whole. */
    Set<SegmentFile> unindexed() {
        return unindexed;
    }

    /** The segment that may still grow. */
    @Nullable
    SegmentFile active() {
        return active;
    }
}
