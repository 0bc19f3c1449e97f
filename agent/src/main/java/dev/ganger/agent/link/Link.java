package dev.ganger.agent.link;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.program.Readiness;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.WorkServiceGrpc;
import dev.ganger.wire.Address;
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
    private final Address coordinator;
    private final Identity identity;
    private final Consumer<Input> inputs;
    private final Doubts doubts;
    private volatile @Nullable Stream stream;
    private volatile boolean everWelcomed;
    private @Nullable String lastTrouble;
    /** Whether a stream was given up that never got a welcome, on the connection that there is. */
    private boolean unanswered;

    /** Hears, from any thread, that the coordinator does not want this agent, or does not know it. */
    public interface Doubts {
        /**
         * Why the coordinator will never take this agent as it is: that another one has its name only before it has ever taken this one,
         * that it was removed at any time.
         */
        void refused(Refusal refusal);

        /** The coordinator does not take what this agent shows of itself, for now. */
        void notKnown();
    }

    public Link(ManagedChannel channel, Address coordinator, Identity identity, Consumer<Input> inputs, Doubts doubts) {
        this.channel = channel;
        this.coordinator = coordinator;
        this.identity = identity;
        this.inputs = inputs;
        this.doubts = doubts;
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

    /**
     * Gives up the present stream, on which nothing is heard any more. Its connection may be dead with nobody having said so: if there was a
     * welcome on it, or not even a second stream on it got one, the next stream begins with a new one. A slow way gets its second stream.
     *
     * @return whether the way is new
     */
    public boolean disconnect() {
        var present = stream;
        if (present == null) {
            return false;
        }
        var dead = present.welcomed || unanswered;
        unanswered = !dead;
        present.giveUp();
        if (dead) {
            channel.enterIdle();
        }
        return dead;
    }

    /** From any thread: what this side shows of itself has changed, so that the next stream begins with a new connection, at once. */
    public void introduceAnew() {
        channel.enterIdle();
        var present = stream;
        if (present != null) {
            present.replace();
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
            doubts.refused(new Refusal(text, code == Status.Code.ALREADY_EXISTS));
            return;
        }
        if (!text.equals(lastTrouble)) {
            LOG.warn("no connection to the coordinator at {}: {}; trying again until it is back", coordinator, text);
            lastTrouble = text;
        }
        if (code == Status.Code.UNAUTHENTICATED) {
            // The connection is who it was made by: another certificate needs another one.
            channel.enterIdle();
            doubts.notKnown();
        }
    }

    /** The innermost cause says most: Connection refused. */
    static String text(Status status) {
        var cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnknownHostException) {
            return "no such host";
        }
        var detail = cause == null || cause.getMessage() == null ? status.getDescription() : cause.getMessage();
        if (detail != null && detail.contains("RST_STREAM")) {
            return "the coordinator ended the stream";
        }
        return detail == null ? status.getCode().toString() : detail;
    }

    private synchronized void welcomed() {
        if (!everWelcomed || lastTrouble != null) {
            LOG.info("connected to the coordinator at {} as {}", coordinator, identity.id().name());
        }
        if (!everWelcomed) {
            Readiness.ofThisProcess().ready("connected to " + coordinator + " as " + identity.id().name());
        }
        everWelcomed = true;
        lastTrouble = null;
    }

    /** One stream; what it hears after another was opened is not told. */
    private final class Stream implements StreamObserver<AttachResponse> {
        private final GrantReader grants = new GrantReader();
        private @Nullable ClientCallStreamObserver<AttachRequest> requests;
        private volatile boolean welcomed;
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
            cancel("the coordinator is silent");
        }

        /** Ends for another one, without anything being wrong. */
        void replace() {
            if (!ends()) {
                return;
            }
            inputs.accept(new Input.Disconnected());
            cancel("another stream follows");
        }

        private void cancel(String why) {
            var present = requests;
            if (present != null) {
                present.cancel(why, null);
            }
        }

        @Override
        public void onNext(AttachResponse response) {
            if (response.hasWelcome()) {
                welcomed = true;
                Link.this.welcomed();
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
            if (!ends()) {
                return;
            }
            lost(status);
            inputs.accept(new Input.Disconnected());
        }

        /** False if it was over before. */
        private synchronized boolean ends() {
            var ends = !over;
            over = true;
            return ends;
        }
    }
}
