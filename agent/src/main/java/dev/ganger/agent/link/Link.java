package dev.ganger.agent.link;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.program.Readiness;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.WorkServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream at a time to the coordinator. Called by the agent's one thread; what is heard comes from gRPC's threads. */
public final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long FAREWELL_SECONDS = 5;

    private final ManagedChannel channel;
    private final Identity identity;
    private final Consumer<Input> inputs;
    private final Consumer<String> refused;
    private @Nullable Stream stream;
    private volatile boolean everWelcomed;
    private @Nullable String lastTrouble;

    /**
     * Refused is told why the coordinator will never take this agent as it is: that another one has its name only before it has ever
     * taken this one, that it was removed at any time.
     */
    public Link(ManagedChannel channel, Identity identity, Consumer<Input> inputs, Consumer<String> refused) {
        this.channel = channel;
        this.identity = identity;
        this.inputs = inputs;
        this.refused = refused;
    }

    /** Opens a stream; Opened follows, and Disconnected when it is gone. */
    public void connect() {
        var fresh = new Stream();
        stream = fresh;
        // Said first: the stream may be gone before open returns.
        inputs.accept(new Input.Opened());
        // The core says when to try; the channel's own, longer pauses would come on top.
        channel.resetConnectBackoff();
        fresh.open();
    }

    /** Gives up the present stream, on which nothing is heard any more. */
    public void disconnect() {
        var present = stream;
        if (present != null) {
            present.giveUp();
        }
    }

    /** Says it on the present stream; nothing if that is gone. */
    public void say(Action.Say words) {
        var present = stream;
        if (present != null) {
            present.send(AgentMessages.of(words, identity));
        }
    }

    /** Half-closes the stream and waits for the coordinator to have read it all. */
    @Override
    public void close() {
        var present = stream;
        if (present != null) {
            present.finish();
        }
        channel.shutdown();
        try {
            if (!channel.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void lost(Status status) {
        var text = text(status);
        var code = status.getCode();
        if (code == Status.Code.PERMISSION_DENIED || code == Status.Code.ALREADY_EXISTS && !everWelcomed) {
            refused.accept(text);
        } else if (!text.equals(lastTrouble)) {
            LOG.warn("no connection to the coordinator at {}: {}; trying again until it is back", channel.authority(), text);
            lastTrouble = text;
        }
    }

    /** The innermost cause says most: Connection refused. */
    private static String text(Status status) {
        var cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnknownHostException) {
            return "no such host";
        }
        var detail = cause == null || cause.getMessage() == null ? status.getDescription() : cause.getMessage();
        return detail == null ? status.getCode().toString() : detail;
    }

    private synchronized void welcomed() {
        if (!everWelcomed || lastTrouble != null) {
            LOG.info("connected to the coordinator at {} as {}", channel.authority(), identity.id().name());
        }
        if (!everWelcomed) {
            Readiness.ofThisProcess().ready("connected to " + channel.authority() + " as " + identity.id().name());
        }
        everWelcomed = true;
        lastTrouble = null;
    }

    /** One stream; what it hears after another was opened is not told. */
    private final class Stream implements StreamObserver<AttachResponse> {
        private final GrantReader grants = new GrantReader();
        private @Nullable ClientCallStreamObserver<AttachRequest> requests;
        private boolean over;

        void open() {
            requests = (ClientCallStreamObserver<AttachRequest>) WorkServiceGrpc.newStub(channel).attach(this);
        }

        synchronized void send(AttachRequest request) {
            if (!over && requests != null) {
                requests.onNext(request);
            }
        }

        synchronized void finish() {
            if (!over && requests != null) {
                over = true;
                requests.onCompleted();
            }
        }

        void giveUp() {
            end(Status.DEADLINE_EXCEEDED.withDescription("the coordinator is silent"));
            var present = requests;
            if (present != null) {
                present.cancel("the coordinator is silent", null);
            }
        }

        @Override
        public void onNext(AttachResponse response) {
            if (response.hasWelcome()) {
                welcomed();
            }
            try {
                var heard = response.hasGrant() ? grants.read(response.getGrant()) : AgentMessages.read(response);
                if (heard != null) {
                    inputs.accept(heard);
                }
            } catch (IllegalArgumentException nonsense) {
                onError(Status.INTERNAL.withDescription("the coordinator said what this agent cannot read: "
                        + nonsense.getMessage()).asRuntimeException());
            }
        }

        @Override
        public void onError(Throwable failure) {
            end(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end(Status.UNAVAILABLE.withDescription("the coordinator ended the stream"));
        }

        private void end(Status status) {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            lost(status);
            inputs.accept(new Input.Disconnected());
        }
    }
}
