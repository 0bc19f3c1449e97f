package dev.ganger.cli.client;

import dev.ganger.model.Bytes;
import dev.ganger.proto.v1.EachAgent;
import dev.ganger.proto.v1.EachEntry;
import dev.ganger.proto.v1.EntryChunk;
import dev.ganger.proto.v1.JobServiceGrpc.JobServiceBlockingV2Stub;
import dev.ganger.proto.v1.SingleTask;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import dev.ganger.wire.ToWire;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One submit: a header, the entries as fast as the coordinator takes them, and the answer. */
final class SubmitCall {
    private static final int LISTEN_EVERY_MILLIS = 200;

    private final Supplier<JobServiceBlockingV2Stub> jobs;
    private final Submission submission;
    private final Consumer<QueueFull> waiting;
    private final Failures failures;
    private boolean complete;

    SubmitCall(Supplier<JobServiceBlockingV2Stub> jobs, Submission submission, Consumer<QueueFull> waiting, Failures failures) {
        this.jobs = jobs;
        this.submission = submission;
        this.waiting = waiting;
        this.failures = failures;
    }

    /** What became of a job whose submit broke off, as the end of a sentence. */
    String outcome() {
        return complete ? "; 'ganger jobs' tells whether the job was queued" : "; nothing was queued";
    }

    /** May be done again, where nothing was read that cannot be read again: the key makes it safe. */
    Accepted submit() throws StatusException, InterruptedException {
        var call = jobs.get().submit();
        var accepted = (Accepted) null;
        try {
            accepted = converse(call);
        } finally {
            if (accepted == null) {
                call.cancel("the submit is given up", null);
            }
        }
        return accepted;
    }

    private Accepted converse(BlockingClientCall<SubmitRequest, SubmitResponse> call)
            throws StatusException, InterruptedException {
        send(call, SubmitRequest.newBuilder().setHeader(header()).build());
        if (submission.tasks() instanceof Submission.EachEntry(var source)) {
            send(call, source);
        }
        complete = true;
        call.halfClose();
        for (var news = call.read(); news != null; news = call.read()) {
            var accepted = accepted(news);
            if (accepted != null) {
                return accepted;
            }
        }
        throw failures.broken("ended the submit without an answer");
    }

    private void send(BlockingClientCall<SubmitRequest, SubmitResponse> call, EntrySource source)
            throws StatusException, InterruptedException {
        try (var entries = source.open()) {
            for (var chunk = entries.nextChunk(); !chunk.isEmpty(); chunk = entries.nextChunk()) {
                send(call, request(chunk));
            }
        }
    }

    private SubmitHeader header() {
        var header = SubmitHeader.newBuilder().setSpec(ToWire.spec(submission.spec())).setKey(submission.key());
        switch (submission.tasks()) {
            case Submission.Single() -> header.setSingle(SingleTask.getDefaultInstance());
            case Submission.Array(var indices) -> header.setArray(ToWire.indices(indices));
            case Submission.EachAgent() -> header.setEachAgent(EachAgent.getDefaultInstance());
            case Submission.EachEntry _ -> header.setEachEntry(EachEntry.getDefaultInstance());
        }
        if (submission.patience() != null) {
            header.setWait(ToWire.duration(submission.patience()));
        }
        return header.build();
    }

    private static SubmitRequest request(List<Bytes> chunk) {
        var entries = EntryChunk.newBuilder();
        chunk.forEach(entry -> entries.addEntries(ToWire.bytes(entry)));
        return SubmitRequest.newBuilder().setEntries(entries).build();
    }

    /** Waits until the coordinator takes more, and meanwhile listens to what it says. */
    private void send(BlockingClientCall<SubmitRequest, SubmitResponse> call, SubmitRequest request)
            throws StatusException, InterruptedException {
        while (true) {
            try {
                if (!call.write(request, LISTEN_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw failures.broken("ended the submit before it was complete");
                }
                return;
            } catch (TimeoutException _) {
                listen(call);
            }
        }
    }

    private void listen(BlockingClientCall<SubmitRequest, SubmitResponse> call) throws StatusException, InterruptedException {
        try {
            var news = call.read(1, TimeUnit.MILLISECONDS);
            if (news != null && accepted(news) != null) {
                throw failures.broken("accepted the submit before it was complete");
            }
        } catch (TimeoutException _) {
            return;
        }
    }

    private @Nullable Accepted accepted(SubmitResponse news) {
        return switch (news.getMessageCase()) {
            case ACCEPTED -> {
                var accepted = news.getAccepted();
                yield new Accepted(accepted.getJob(), accepted.getTasks(), accepted.getExisted());
            }
            case WAITING -> {
                var full = news.getWaiting();
                waiting.accept(new QueueFull(full.getQueued(), full.getLimit(), full.getAhead()));
                yield null;
            }
            case MESSAGE_NOT_SET -> null;
        };
    }
}
