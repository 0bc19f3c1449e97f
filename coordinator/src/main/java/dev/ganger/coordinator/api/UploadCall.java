package dev.ganger.coordinator.api;

import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputException;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Caller;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.proto.v1.UploadChunk;
import dev.ganger.proto.v1.UploadRequest;
import dev.ganger.proto.v1.UploadResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what an agent uploads, and tells it what is durable: at once if a stream has ended or much has come, else now and then, so that a
 * task that writes a line a second does not cost a sync a line.
 */
final class UploadCall implements StreamObserver<UploadRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(UploadCall.class);
    private static final long LAZY_MILLIS = 1_000;
    private static final long MUCH_BYTES = 4 << 20;
    /** Jobs whose limits are remembered; one that is not is asked for again. */
    private static final int KNOWN_JOBS = 1_024;
    /** A job can be forgotten meanwhile. */
    private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNKNOWN = -1;
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final Core core;
    private final OutputStore outputs;
    private final DiskRoom room;
    private final OwnAttempts own;
    private final Outgoing<UploadResponse> outgoing;
    private final Map<Long, Long> limits = new HashMap<>();
    private long knownSince = System.nanoTime();
    private Map<StreamId, Long> unsaid = new LinkedHashMap<>();
    private Set<AttemptId> unwanted = new LinkedHashSet<>();
    private long unsaidBytes;
    private volatile boolean completed;
    private volatile @Nullable RuntimeException failure;

    UploadCall(Core core, OutputStore outputs, DiskRoom room, StreamObserver<UploadResponse> answers) {
        this.core = core;
        this.outputs = outputs;
        this.room = room;
        this.own = new OwnAttempts(core, Caller.present());
        this.outgoing = new Outgoing<>(answers);
        outgoing.start(_ -> sayWhatIsStored());
    }

    // ---- from the agent; on the call's virtual thread, one message after the other

    @Override
    public void onNext(UploadRequest request) {
        if (failure != null) {
            return;
        }
        try {
            awaitRoom();
            var urgent = request.getPrompt();
            for (var chunk : request.getChunksList()) {
                urgent |= keep(chunk);
            }
            if (urgent) {
                outgoing.signal();
            }
        } catch (RuntimeException problem) {
            fail(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(RuntimeException problem) {
        failure = problem instanceof OutputException
                ? Status.UNAVAILABLE.withDescription(problem.getMessage()).withCause(problem).asRuntimeException()
                : problem;
        outgoing.signal();
    }

    /** While this waits nothing more is read from the agent, which keeps what its tasks write. */
    private void awaitRoom() throws InterruptedException {
        if (room.hasRoomForOutput()) {
            return;
        }
        LOG.warn("no output is taken from an agent until the disk has more room; it keeps it, and its tasks may have to wait");
        while (!room.hasRoomForOutput() && !outgoing.hasEnded()) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** True if the agent should hear of it at once. */
    private boolean keep(UploadChunk chunk) {
        var stream = FromWire.stream(chunk.getPosition());
        var offset = chunk.getPosition().getOffset();
        if (offset < 0) {
            throw new IllegalArgumentException("an offset counts from 0, not " + offset);
        }
        var limit = limitOf(stream.attempt().job());
        if (limit == UNKNOWN || !own.contain(stream.attempt())) {
            note(stream.attempt());
            return true;
        }
        if (limit > 0 && !chunk.getData().isEmpty()) {
            outputs.append(stream, limit, offset, chunk.getData().asReadOnlyByteBuffer());
        }
        return note(stream, offset, chunk);
    }

    private long limitOf(long job) {
        if (limits.size() > KNOWN_JOBS || System.nanoTime() - knownSince > KNOWN_NANOS) {
            limits.clear();
            knownSince = System.nanoTime();
        }
        return limits.computeIfAbsent(job, id -> {
            var origin = Statuses.await(core.read(views -> views.origin(id)));
            return origin == null ? UNKNOWN : origin.spec().limits().output();
        });
    }

    private synchronized void note(AttemptId attempt) {
        unwanted.add(attempt);
    }

    private synchronized boolean note(StreamId stream, long offset, UploadChunk chunk) {
        unsaid.merge(stream, offset + chunk.getData().size(), Math::max);
        unsaidBytes += chunk.getData().size();
        return chunk.getLast() || unsaidBytes >= MUCH_BYTES;
    }

    @Override
    public void onError(Throwable problem) {
        // The cancel handler of the answers ends the other thread.
    }

    @Override
    public void onCompleted() {
        completed = true;
        outgoing.signal();
    }

    // ---- to the agent

    private void sayWhatIsStored() throws InterruptedException {
        while (true) {
            var ends = completed;
            if (!ends) {
                outgoing.awaitNews(LAZY_MILLIS);
            }
            var problem = failure;
            if (problem != null) {
                throw problem;
            }
            var answer = taken();
            if (answer.getStoredCount() > 0) {
                sync();
            }
            if (answer.getStoredCount() + answer.getUnwantedCount() > 0) {
                outgoing.send(answer);
            }
            if (ends) {
                return;
            }
        }
    }

    private synchronized UploadResponse taken() {
        var answer = UploadResponse.newBuilder();
        unsaid.forEach((stream, end) -> answer.addStored(ToWire.position(stream, end)));
        unwanted.forEach(attempt -> answer.addUnwanted(ToWire.attempt(attempt)));
        unsaid = new LinkedHashMap<>();
        unwanted = new LinkedHashSet<>();
        unsaidBytes = 0;
        return answer.build();
    }

    private void sync() {
        try {
            outputs.sync().join();
        } catch (CompletionException problem) {
            throw Status.UNAVAILABLE.withDescription(String.valueOf(problem.getMessage())).withCause(problem)
                    .asRuntimeException();
        }
    }
}
