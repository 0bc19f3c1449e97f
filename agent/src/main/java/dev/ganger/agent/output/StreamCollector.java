package dev.ganger.agent.output;

import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamOutput;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Takes what one stream of one attempt writes: counts and digests all of it, and keeps it in memory while it is small and young. What
 * grows out of that goes live: to the spool, and on to the coordinator as it comes.
 */
public final class StreamCollector {
    private final StreamId id;
    private final long limit;
    private final Spool spool;
    private final Nursery nursery;
    private final Tail memory = new Tail();
    private long bytes;
    private @Nullable MessageDigest digest;
    private volatile boolean young = true;
    private boolean live;

    StreamCollector(StreamId id, long limit, Spool spool, Nursery nursery) {
        this.id = id;
        this.limit = limit;
        this.spool = spool;
        this.nursery = nursery;
    }

    /** The buffer is read to its end. */
    public synchronized void accept(ByteBuffer chunk) {
        var sum = digest;
        if (sum == null) {
            digest = sum = sha256();
            if (limit > 0) {
                nursery.add(this);
            }
        }
        bytes += chunk.remaining();
        sum.update(chunk.duplicate());
        if (limit > 0) {
            keep(chunk);
        }
        chunk.position(chunk.limit());
    }

    private void keep(ByteBuffer chunk) {
        if (!live && memory.size() + chunk.remaining() > Limits.INLINE_OUTPUT_BYTES) {
            goLive();
        }
        if (live) {
            spool.append(id, chunk);
        } else {
            memory.append(chunk);
        }
    }

    /** It is old now: what it wrote is to be seen elsewhere. */
    synchronized void growUp() {
        if (young) {
            goLive();
        }
    }

    /** Whether it is neither live nor at its end. */
    boolean isYoung() {
        return young;
    }

    private void goLive() {
        live = true;
        young = false;
        if (memory.size() > 0) {
            spool.append(id, memory.view());
            memory.discard(memory.size());
        }
    }

    /**
     * All of it, once, at the end.
     *
     * @param outside it is not to be inside the result, because only the result of the last attempt is kept
     */
    public synchronized StreamOutput end(boolean outside) {
        var sum = digest;
        if (sum == null) {
            young = false;
            return StreamOutput.NOTHING;
        }
        if (outside && limit > 0 && !live) {
            goLive();
        }
        young = false;
        var dropped = Math.max(0, bytes - limit);
        var output = new StreamOutput(bytes, Bytes.wrap(sum.digest()), dropped, live ? Bytes.EMPTY : kept(dropped));
        memory.discard(memory.size());
        if (live) {
            spool.end(id);
        }
        return output;
    }

    /** Half of what is kept is from the start, the rest from the end. */
    private Bytes kept(long dropped) {
        if (limit == 0) {
            return Bytes.EMPTY;
        }
        var kept = new byte[(int) (bytes - dropped)];
        var head = dropped == 0 ? kept.length : kept.length / 2;
        memory.copy(0, kept, 0, head);
        memory.copy(memory.size() - (kept.length - head), kept, head, kept.length - head);
        return Bytes.wrap(kept);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
