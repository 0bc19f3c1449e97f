package dev.ganger.agent.output;

import dev.ganger.model.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * One stream on its way to the coordinator: what was appended, sent and stored of it, and where its bytes are: the older ones in segments,
 * the newest in memory.
 */
final class LiveStream {
    private final StreamId id;
    private final TreeMap<Long, Extent> onDisk = new TreeMap<>();
    private final Tail tail = new Tail();
    private long appended;
    private long sent;
    private long stored;
    private long writtenDown;
    private boolean ended;
    private boolean lastSent;
    private boolean unwanted;
    private boolean queued;

    LiveStream(StreamId id) {
        this.id = id;
    }

    /** One of a former life: all of it that was not stored is in segments. */
    static LiveStream ofFormerLife(StreamId id, long stored, long bytes, List<Extent> extents) {
        var stream = new LiveStream(id);
        stream.stored = stream.sent = stream.writtenDown = stored;
        stream.appended = bytes;
        stream.ended = true;
        extents.forEach(extent -> stream.onDisk.put(extent.offset(), extent));
        return stream;
    }

    StreamId id() {
        return id;
    }

    /** To memory; the chunk is read to its end. */
    void append(ByteBuffer chunk) {
        appended += chunk.remaining();
        if (unwanted) {
            chunk.position(chunk.limit());
            stored = sent = appended;
        } else {
            tail.append(chunk);
        }
    }

    /** The oldest bytes in memory are in a segment now. */
    void moved(Extent extent) {
        onDisk.put(extent.offset(), extent);
        tail.discard(extent.length());
    }

    /** New bytes went to a segment at once; there were none in memory. */
    void wrote(Extent extent) {
        onDisk.put(extent.offset(), extent);
        appended += extent.length();
    }

    /** What is in memory: only until the next change. */
    ByteBuffer inMemory() {
        return tail.view();
    }

    int bytesInMemory() {
        return tail.size();
    }

    /** Where the bytes in memory begin. */
    long memoryOffset() {
        return appended - tail.size();
    }

    void end() {
        ended = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    /** The next bytes to be sent, if there are any; they count as sent. */
    Chunk next(int most) throws IOException {
        var offset = sent;
        var data = new byte[(int) Math.min(most, appended - offset)];
        for (var filled = 0; filled < data.length;) {
            filled += copy(offset + filled, data, filled);
        }
        sent += data.length;
        lastSent = ended && sent == appended;
        return new Chunk(id, offset, data, lastSent);
    }

    private int copy(long offset, byte[] target, int from) throws IOException {
        if (offset >= memoryOffset()) {
            var count = target.length - from;
            tail.copy((int) (offset - memoryOffset()), target, from, count);
            return count;
        }
        var found = onDisk.floorEntry(offset);
        if (found == null || found.getValue().end() <= offset) {
            throw new AssertionError("%s: the bytes at %d are nowhere".formatted(id, offset));
        }
        var extent = found.getValue();
        var count = (int) Math.min(target.length - from, extent.end() - offset);
        extent.segment().read(extent.position() + offset - extent.offset(), target, from, count);
        return count;
    }

    /** What stands before the offset is stored; gives the extents that are not needed any more. */
    List<Extent> store(long offset) {
        stored = Math.max(stored, Math.min(offset, appended));
        sent = Math.max(sent, stored);
        if (stored > memoryOffset()) {
            tail.discard((int) (stored - memoryOffset()));
        }
        var freed = new ArrayList<Extent>();
        while (!onDisk.isEmpty() && onDisk.firstEntry().getValue().end() <= stored) {
            freed.add(onDisk.pollFirstEntry().getValue());
        }
        return freed;
    }

    /** Nobody wants it: it counts as stored, also what comes later. */
    List<Extent> drop() {
        unwanted = true;
        return store(appended);
    }

    /** What was sent and is not stored is to be sent again. */
    void sendAgain() {
        sent = stored;
        lastSent = false;
    }

    /** The end of a stream is said, too, unless everything before it is known to be stored. */
    boolean hasUnsent() {
        return sent < appended || (ended && !lastSent && stored < appended);
    }

    long stored() {
        return stored;
    }

    /** Whether more is stored than is written down. */
    boolean hasRisen() {
        return stored > writtenDown;
    }

    /** Gives what is stored, for it to be written down. */
    long writeDown() {
        writtenDown = stored;
        return stored;
    }

    /** What is in segments. */
    Collection<Extent> extents() {
        return onDisk.values();
    }

    boolean isStored() {
        return ended && stored == appended;
    }

    /** True if it was not yet in the queue of those to be sent. */
    boolean queue() {
        var fresh = !queued;
        queued = true;
        return fresh;
    }

    void unqueue() {
        queued = false;
    }
}
