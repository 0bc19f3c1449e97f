package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.security.Caller;
import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.EntryChunk;
import dev.ganger.proto.v1.SubmitAccepted;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import dev.ganger.proto.v1.SubmitWaiting;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One submit: keeps its entries as a draft while they come, then makes the draft a job, or drops it. */
final class SubmitCall implements StreamObserver<SubmitRequest> {
    private static final byte[] EACH_AGENT = "each agent".getBytes(StandardCharsets.US_ASCII);

    private final Core core;
    private final DiskRoom room;
    private final Settings settings;
    private final ServerCallStreamObserver<SubmitResponse> answers;
    private final String submitter = Caller.present().name();
    private final UUID draft = UUID.randomUUID();
    private final MessageDigest entryDigest = sha256();
    private @Nullable SubmitHeader header;
    private int chunks;
    private int entries;
    private boolean over;
    private volatile Core.@Nullable Subscription subscription;

    SubmitCall(Core core, DiskRoom room, Settings settings, StreamObserver<SubmitResponse> answers) {
        this.core = core;
        this.room = room;
        this.settings = settings;
        this.answers = (ServerCallStreamObserver<SubmitResponse>) answers;
        this.answers.setOnCancelHandler(this::giveUp);
    }

    @Override
    public void onNext(SubmitRequest request) {
        if (over) {
            return;
        }
        try {
            switch (request.getMessageCase()) {
                case HEADER -> begin(request.getHeader());
                case ENTRIES -> store(request.getEntries());
                case MESSAGE_NOT_SET -> throw new IllegalArgumentException("a submit sends a header, then entries");
            }
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    private void begin(SubmitHeader first) {
        if (header != null) {
            throw new IllegalArgumentException("a submit has one header");
        }
        var refusal = room.refusal();
        if (refusal != null) {
            throw Status.RESOURCE_EXHAUSTED.withDescription(refusal).asRuntimeException();
        }
        Submits.spec(first, settings);
        header = first;
    }

    private void store(EntryChunk chunk) {
        if (header == null || header.getTasksCase() != SubmitHeader.TasksCase.EACH_ENTRY) {
            throw new IllegalArgumentException("entries come after a header that announces them");
        }
        if (chunk.getEntriesCount() > 0) {
            var body = encode(chunk.getEntriesList());
            Statuses.reply(core.execute(new Command.StoreChunk(draft, ++chunks, chunk.getEntriesCount(), body)));
            entries = Math.addExact(entries, chunk.getEntriesCount());
        }
    }

    private Bytes encode(List<ByteString> chunk) {
        var size = 0;
        for (var entry : chunk) {
            if (entry.size() >= Limits.STRING_BYTES) {
                throw new IllegalArgumentException(
                        "an entry must be smaller than %d bytes, this one has %d".formatted(Limits.STRING_BYTES, entry.size()));
            }
            size += Integer.BYTES + entry.size();
        }
        if (size - Integer.BYTES * chunk.size() > Limits.CHUNK_BYTES) {
            throw new IllegalArgumentException("a chunk of entries has at most %d bytes".formatted(Limits.CHUNK_BYTES));
        }
        var body = ByteBuffer.allocate(size);
        for (var entry : chunk) {
            body.putInt(entry.size());
            entry.copyTo(body);
        }
        entryDigest.update(body.array());
        return Bytes.wrap(body.array());
    }

    @Override
    public void onCompleted() {
        if (over) {
            return;
        }
        try {
            subscription = core.watch(new Topic.OfDraft(draft), events -> events.forEach(this::heard));
            switch (Statuses.reply(core.execute(command()))) {
                case Submission.Accepted(var job, var tasks, var existed) -> accept(job, tasks, existed);
                case Submission.Deferred(var unfinished, var limit, var ahead) -> defer(unfinished, limit, ahead);
            }
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    private Command.Submit command() {
        if (header == null) {
            throw new IllegalArgumentException("a submit needs a header");
        }
        var each = header.getTasksCase() == SubmitHeader.TasksCase.EACH_ENTRY;
        var indices = Submits.indices(header, entries);
        var key = header.getKey();
        if (key.length() > Limits.NAME_LENGTH) {
            throw new IllegalArgumentException("a key has at most %d characters".formatted(Limits.NAME_LENGTH));
        }
        return new Command.Submit(draft, submitter, key, digest(FromWire.spec(header.getSpec()), indices),
                Submits.spec(header, settings), indices, each, header.hasWait() ? FromWire.duration(header.getWait()) : null);
    }

    /** Of what was asked for: it depends neither on the lease nor on the agents there are. */
    private Bytes digest(JobSpec spec, @Nullable Indices indices) {
        var digest = sha256();
        digest.update(ToWire.spec(spec).toByteArray());
        digest.update(indices == null ? EACH_AGENT : ToWire.indices(indices).toByteArray());
        digest.update(entryDigest.digest());
        return Bytes.wrap(digest.digest());
    }

    /** What became of a submit that waited; called on the loop's thread. */
    private void heard(Event event) {
        switch (event) {
            case Event.Submitted submitted -> accept(submitted.job(), submitted.indices().count(), false);
            case Event.SubmitMatched matched -> accept(matched.job(), matched.tasks(), true);
            case Event.SubmitRefused refused -> fail(Statuses.of(refused.refusal()).asRuntimeException());
            default -> {
            }
        }
    }

    private synchronized void defer(long unfinished, long limit, long ahead) {
        if (!over) {
            answers.onNext(SubmitResponse.newBuilder()
                    .setWaiting(SubmitWaiting.newBuilder().setQueued(unfinished).setLimit(limit).setAhead(ahead)).build());
        }
    }

    private synchronized void accept(long job, long tasks, boolean existed) {
        if (!over) {
            over = true;
            unsubscribe();
            answers.onNext(SubmitResponse.newBuilder()
                    .setAccepted(SubmitAccepted.newBuilder().setJob(job).setTasks(tasks).setExisted(existed)).build());
            answers.onCompleted();
        }
    }

    private synchronized void fail(RuntimeException failure) {
        if (!over) {
            giveUp();
            if (!answers.isCancelled()) {
                answers.onError(Statuses.of(failure).asRuntimeException());
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        giveUp();
    }

    private synchronized void giveUp() {
        if (!over) {
            over = true;
            unsubscribe();
            // Never on the loop's own thread, which would wait for itself if the inbox were full.
            Thread.startVirtualThread(() -> {
                var _ = core.execute(new Command.DropDraft(draft));
            });
        }
    }

    private void unsubscribe() {
        var present = subscription;
        if (present != null) {
            present.close();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
