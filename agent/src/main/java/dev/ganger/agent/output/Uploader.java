package dev.ganger.agent.output;

import com.google.protobuf.UnsafeByteOperations;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.UploadChunk;
import dev.ganger.proto.v1.UploadRequest;
import dev.ganger.proto.v1.UploadResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that sends live streams to the coordinator, as fast as it takes them, and comes back after every cut; it also notices
 * that a stream is no longer young.
 */
final class Uploader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);
    static final int MESSAGE_BYTES = 1 << 20;
    /** The addresses of so many chunks are small beside a message. */
    private static final int MOST_CHUNKS = 1_000;
    private static final int DATA_BYTES = MESSAGE_BYTES - Limits.OUTPUT_CHUNK_BYTES;
    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** How long it may take to find the coordinator; a name service can be silent for ever. */
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Spool spool;
    private final Nursery nursery;
    private final ManagedChannel channel;
    private final Bell bell;
    private final Queue<UploadCall.Heard> heard = new ConcurrentLinkedQueue<>();
    private @Nullable UploadCall call;
    private long openedAt;
    private long retryAt = System.nanoTime();
    private long retryNanos = FIRST_RETRY_NANOS;
    private @Nullable String lastTrouble;
    private volatile boolean distrusted;
    private volatile boolean closed;

    Uploader(Spool spool, Nursery nursery, ManagedChannel channel, Bell bell) {
        this.spool = spool;
        this.nursery = nursery;
        this.channel = channel;
        this.bell = bell;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                bell.await(turn());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        var present = call;
        if (present != null) {
            present.finish();
        }
    }

    void close() {
        closed = true;
        bell.ring();
    }

    /** From any thread: gives up the present call, if there is one. */
    void connectAnew() {
        distrusted = true;
        bell.ring();
    }

    /** Does what can be done now; nanoseconds until there may be more without anybody ringing. */
    private long turn() {
        var untilGrown = nursery.growUp();
        for (var next = heard.poll(); next != null; next = heard.poll()) {
            hear(next);
        }
        replaceDistrusted();
        return Math.min(untilGrown, upload());
    }

    private void replaceDistrusted() {
        var present = call;
        if (distrusted && present != null) {
            present.cancel("the coordinator is silent");
            cut(Status.UNAVAILABLE.withDescription("the coordinator is silent"));
        }
        distrusted = false;
    }

    private void hear(UploadCall.Heard word) {
        if (!word.call().equals(call)) {
            return;
        }
        switch (word) {
            case UploadCall.Answered(var from, var response) -> answered(from, response);
            case UploadCall.Over(_, var status) -> cut(status);
        }
    }

    private void answered(UploadCall from, UploadResponse response) {
        retryNanos = FIRST_RETRY_NANOS;
        if (lastTrouble != null) {
            lastTrouble = null;
            LOG.info("output is uploaded to the coordinator again");
        }
        try {
            var positions = response.getStoredList().stream()
                    .map(position -> new Spool.Position(FromWire.stream(position), position.getOffset())).toList();
            spool.stored(positions, response.getUnwantedList().stream().map(FromWire::attempt).toList());
        } catch (IllegalArgumentException nonsense) {
            from.cancel("cannot be read");
            cut(Status.INTERNAL.withDescription("the coordinator said what this agent cannot read: " + nonsense.getMessage()));
        }
    }

    private void cut(Status status) {
        call = null;
        spool.sendAgain();
        pause();
        var text = status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
        if (!text.equals(lastTrouble)) {
            LOG.warn("output cannot be uploaded to the coordinator: {}; it stays here, and is tried again", text);
        }
        lastTrouble = text;
    }

    private void pause() {
        retryAt = System.nanoTime() + retryNanos;
        retryNanos = Math.min(LAST_RETRY_NANOS, 2 * retryNanos);
    }

    /** Nanoseconds until it is to be tried again. */
    private long upload() {
        if (!spool.hasUnsent()) {
            return Long.MAX_VALUE;
        }
        var wait = retryAt - System.nanoTime();
        if (wait > 0) {
            return wait;
        }
        var present = call == null ? open() : call;
        try {
            while (present.isReady() && next() instanceof UploadRequest request) {
                present.send(request);
            }
        } catch (IOException failure) {
            LOG.warn("cannot read output that is to be uploaded: {}; trying again", failure.getMessage());
            spool.sendAgain();
            pause();
            return retryNanos;
        }
        return present.wasReady() ? Long.MAX_VALUE : untilGivenUp(present);
    }

    private UploadCall open() {
        // Tried again when it is wanted; the channel's own, longer pauses would come on top.
        channel.resetConnectBackoff();
        openedAt = System.nanoTime();
        var fresh = UploadCall.open(channel, this::tell, bell::ring);
        call = fresh;
        return fresh;
    }

    private void tell(UploadCall.Heard word) {
        heard.add(word);
        bell.ring();
    }

    private long untilGivenUp(UploadCall present) {
        var left = openedAt + CONNECT_NANOS - System.nanoTime();
        if (left <= 0) {
            present.cancel("no connection");
            cut(Status.UNAVAILABLE.withDescription("no connection"));
            return retryNanos;
        }
        return left;
    }

    /** What is to be sent now, in one message; null if there is nothing. */
    private @Nullable UploadRequest next() throws IOException {
        var message = UploadRequest.newBuilder();
        var room = DATA_BYTES;
        while (room > 0 && message.getChunksCount() < MOST_CHUNKS && spool.next(room) instanceof Chunk chunk) {
            room -= chunk.data().length;
            message.addChunks(UploadChunk.newBuilder().setPosition(ToWire.position(chunk.stream(), chunk.offset()))
                    .setData(UnsafeByteOperations.unsafeWrap(chunk.data())).setLast(chunk.last()));
        }
        return message.getChunksCount() == 0 ? null : message.setPrompt(spool.isTight()).build();
    }
}
