package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.proto.v1.AttemptId;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.StreamPosition;
import dev.ganger.proto.v1.UploadChunk;
import dev.ganger.proto.v1.UploadRequest;
import dev.ganger.proto.v1.UploadResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The upload of an agent written only from the contract. */
final class ScriptedUpload implements StreamObserver<UploadResponse> {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<UploadResponse> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> over = new CompletableFuture<>();
    private final StreamObserver<UploadRequest> coordinator;

    ScriptedUpload(Channel channel) {
        coordinator = OutputServiceGrpc.newStub(channel).upload(this);
    }

    static StreamPosition position(AttemptId attempt, OutputStream stream, long offset) {
        return StreamPosition.newBuilder().setAttempt(attempt).setStream(stream).setOffset(offset).build();
    }

    void out(AttemptId attempt, long offset, String text) {
        send(position(attempt, OutputStream.OUTPUT_STREAM_STDOUT, offset), text, false);
    }

    /** Says that the stream ends here, and waits until that is stored. */
    void lastOut(AttemptId attempt, long offset, String text) {
        send(position(attempt, OutputStream.OUTPUT_STREAM_STDOUT, offset), text, true);
        var end = position(attempt, OutputStream.OUTPUT_STREAM_STDOUT, offset + text.length());
        hear(response -> response.getStoredList().contains(end));
    }

    void send(StreamPosition position, String text, boolean last) {
        coordinator.onNext(UploadRequest.newBuilder().addChunks(
                UploadChunk.newBuilder().setPosition(position).setData(ByteString.copyFromUtf8(text)).setLast(last)).build());
    }

    UploadResponse hear(Predicate<UploadResponse> kind) {
        try {
            while (true) {
                var next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("the coordinator said nothing of the kind");
                }
                if (kind.test(next)) {
                    return next;
                }
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void onNext(UploadResponse response) {
        heard.add(response);
    }

    /** Waits for the end of the call. */
    Status end() {
        return over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void onError(Throwable failure) {
        over.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        over.complete(Status.OK);
    }
}
