package dev.ganger.agent.link;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AgentId;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.Welcome;
import dev.ganger.proto.v1.WorkServiceGrpc;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When an agent goes on trying, and when it is not wanted. */
final class LinkTest {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<AttachRequest> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamObserver<AttachResponse>> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
    private final Semaphore unknown = new Semaphore(0);
    private final AtomicInteger connections = new AtomicInteger();
    private Server server;
    private Link link;

    /** Takes every stream and says nothing by itself. */
    private final class Service extends WorkServiceGrpc.WorkServiceImplBase {
        @Override
        public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> answers) {
            streams.add(answers);
            return new StreamObserver<>() {
                @Override
                public void onNext(AttachRequest request) {
                    said.add(request);
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {}
            };
        }
    }

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()).addService(new Service())
                .addTransportFilter(new ServerTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        connections.incrementAndGet();
                        return attributes;
                    }
                }).build().start();
        var identity = new Identity(new AgentId("vm-1", new UUID(1, 2), 1), 2, 7, "test",
                new TreeMap<>(Map.of("zone", "north")));
        var address = new Address("localhost", server.getPort());
        link = new Link(Channels.open(address, new Trust.Nobody()), address, identity, inputs::add, new Link.Doubts() {
            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal);
            }

            @Override
            public void notKnown() {
                unknown.release();
            }
        });
        link.connect();
        assertThat(next(inputs)).isEqualTo(new Input.Opened());
    }

    @AfterEach
    void end() {
        server.shutdownNow();
        link.close();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    private void end(StreamObserver<AttachResponse> stream, Status status) throws InterruptedException {
        stream.onError(status.asRuntimeException());
        while (!(next(inputs) instanceof Input.Disconnected)) {
            continue;
        }
    }

    private StreamObserver<AttachResponse> welcomed() throws InterruptedException {
        var stream = next(streams);
        stream.onNext(AttachResponse.newBuilder().setWelcome(Welcome.getDefaultInstance()).build());
        assertThat(next(inputs)).isInstanceOf(Input.Welcomed.class);
        return stream;
    }

    @Test
    void helloSaysWhatTheOwnerSaysOfTheAgent() throws InterruptedException {
        link.say(new Action.Beat(true, 1, 0, List.of()));
        assertThat(next(said).getBeat().getHello().getLabelsMap()).isEqualTo(Map.of("zone", "north"));
    }

    @Test
    void anAgentThatWasRemovedIsToldWhyAlsoAfterItWasTaken() throws InterruptedException {
        end(welcomed(), Status.PERMISSION_DENIED.withDescription("it was removed"));
        assertThat(refusals).containsExactly(new Refusal("it was removed", false));
    }

    @Test
    void whoIsNotKnownIsNotRefused() throws InterruptedException {
        end(welcomed(), Status.UNAUTHENTICATED.withDescription("the certificate has ended"));
        assertThat(unknown.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(refusals).isEmpty();
    }

    @Test
    void anAgentThatIntroducesItselfAnewBeginsAnotherStream() throws InterruptedException {
        welcomed();
        link.introduceAnew();
        assertThat(next(inputs)).isEqualTo(new Input.Disconnected());
        link.connect();
        assertThat(next(inputs)).isEqualTo(new Input.Opened());
        welcomed();
        assertThat(refusals).isEmpty();
        assertThat(inputs).as("the first stream's end is said once").isEmpty();
    }

    @Test
    void whoWasWelcomedAndHearsNothingMoreConnectsAnew() throws InterruptedException {
        welcomed();
        assertThat(link.disconnect()).as("the way is new").isTrue();
        connectAgain();
        assertThat(connections).hasValue(2);
    }

    /** On a slow way the first stream is given up while its connection is being made. */
    @Test
    void whoWasNotWelcomedYetTriesTheConnectionOnceMore() throws InterruptedException {
        next(streams);
        assertThat(link.disconnect()).as("the way is new").isFalse();
        connectAgain();
        assertThat(connections).hasValue(1);
        assertThat(link.disconnect()).as("the way is new").isTrue();
        connectAgain();
        assertThat(connections).hasValue(2);
    }

    private void connectAgain() throws InterruptedException {
        assertThat(next(inputs)).isEqualTo(new Input.Disconnected());
        link.connect();
        assertThat(next(inputs)).isEqualTo(new Input.Opened());
        next(streams);
    }

    @Test
    void aNameThatIsTakenEndsOnlyAnAgentThatWasNeverTaken() throws InterruptedException {
        end(next(streams), Status.ALREADY_EXISTS.withDescription("another has the name"));
        assertThat(refusals).containsExactly(new Refusal("another has the name", true));
    }

    @Test
    void whoeverWasTakenOnceTriesAgain() throws InterruptedException {
        end(welcomed(), Status.ALREADY_EXISTS.withDescription("another has the name"));
        assertThat(refusals).isEmpty();
    }

    @Test
    void anyOtherEndIsTriedAgain() throws InterruptedException {
        end(next(streams), Status.FAILED_PRECONDITION.withDescription("not now"));
        assertThat(refusals).isEmpty();
    }
}
