package dev.ganger.agent.output;

import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.UploadRequest;
import dev.ganger.proto.v1.UploadResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One upload to the coordinator, until it is cut. Called by one thread; what is heard comes from gRPC's. */
final class UploadCall implements ClientResponseObserver<UploadRequest, UploadResponse> {
    private final Consumer<Heard> heard;
    private final Runnable ready;
    private @Nullable ClientCallStreamObserver<UploadRequest> requests;
    private boolean everReady;

    /** What the coordinator, or the way to it, says. */
    sealed interface Heard {
        UploadCall call();
    }

    /** Something is stored, or not wanted. */
    record Answered(UploadCall call, UploadResponse response) implements Heard {}

    /** Nothing more will be heard. */
    record Over(UploadCall call, Status status) implements Heard {}

    private UploadCall(Consumer<Heard> heard, Runnable ready) {
        this.heard = heard;
        this.ready = ready;
    }

    static UploadCall open(ManagedChannel channel, Consumer<Heard> heard, Runnable ready) {
        var call = new UploadCall(heard, ready);
        OutputServiceGrpc.newStub(channel).withOnReadyThreshold(Uploader.MESSAGE_BYTES).upload(call);
        return call;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadRequest> stream) {
        requests = stream;
        stream.setOnReadyHandler(ready);
    }

    private ClientCallStreamObserver<UploadRequest> requests() {
        if (requests == null) {
            throw new AssertionError("gRPC gives it before the call begins");
        }
        return requests;
    }

    boolean isReady() {
        everReady |= requests().isReady();
        return requests().isReady();
    }

    /** Whether there ever was a connection. */
    boolean wasReady() {
        return everReady;
    }

    void send(UploadRequest request) {
        requests().onNext(request);
    }

    void cancel(String why) {
        requests().cancel(why, null);
    }

    void finish() {
        requests().onCompleted();
    }

    @Override
    public void onNext(UploadResponse response) {
        heard.accept(new Answered(this, response));
    }

    @Override
    public void onError(Throwable failure) {
        heard.accept(new Over(this, Status.fromThrowable(failure)));
    }

    @Override
    public void onCompleted() {
        heard.accept(new Over(this, Status.UNAVAILABLE.withDescription("the coordinator ended the upload")));
    }
}
