package dev.ganger.agent.output;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.UploadChunk;
import dev.ganger.proto.v1.UploadRequest;
import dev.ganger.proto.v1.UploadResponse;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes uploads over a real socket, and loses at every cut what it did not acknowledge, as one that crashes. */
final class FakeCoordinator implements AutoCloseable {
    private final Server server;
    private final SplittableRandom random;
    private final Map<StreamId, Stream> streams = new HashMap<>();
    private final Set<AttemptId> unwanted = new HashSet<>();
    private final List<String> wrongs = new ArrayList<>();
    private double cuts;
    private double silence;
    private boolean stalled;
    private int calls;
    private @Nullable Call present;

    /** What it has of one stream; only the first bytes of it are on its disk. */
    private static final class Stream {
        private byte[] bytes = new byte[0];
        private int size;
        private int durable;
        private boolean last;
    }

    FakeCoordinator(long seed) throws IOException {
        random = new SplittableRandom(seed);
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()).addService(new Service()).build().start();
    }

    ManagedChannel channel() {
        return Channels.open(new Address("localhost", server.getPort()), new Trust.Nobody());
    }

    /** After a message it cuts the call with this probability. */
    synchronized FakeCoordinator cutting(double probability) {
        cuts = probability;
        return this;
    }

    /** It does not answer a message with this probability, until {@link #answer}. */
    synchronized FakeCoordinator silent(double probability) {
        silence = probability;
        return this;
    }

    synchronized FakeCoordinator unwanted(AttemptId attempt) {
        unwanted.add(attempt);
        return this;
    }

    /** While it is stalled it reads nothing. */
    synchronized void stall(boolean wanted) {
        stalled = wanted;
        if (!wanted && present != null) {
            present.observer.request(1);
        }
    }

    /** Tells of everything it has. */
    synchronized void answer() {
        if (present != null) {
            present.answer();
        }
    }

    synchronized byte[] received(StreamId stream) {
        var found = streams.get(stream);
        return found == null ? new byte[0] : Arrays.copyOf(found.bytes, found.size);
    }

    synchronized int calls() {
        return calls;
    }

    synchronized boolean hasLast(StreamId stream) {
        return streams.containsKey(stream) && streams.get(stream).last;
    }

    /** What the agent did against the contract. */
    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    /** The one method. */
    private final class Service extends OutputServiceGrpc.OutputServiceImplBase {
        @Override
        public StreamObserver<UploadRequest> upload(StreamObserver<UploadResponse> responses) {
            synchronized (FakeCoordinator.this) {
                calls++;
                present = new Call((ServerCallStreamObserver<UploadResponse>) responses);
                return present;
            }
        }
    }

    /** One upload. */
    private final class Call implements StreamObserver<UploadRequest> {
        private final ServerCallStreamObserver<UploadResponse> observer;
        private boolean over;

        Call(ServerCallStreamObserver<UploadResponse> observer) {
            this.observer = observer;
            observer.disableAutoRequest();
            observer.setOnCancelHandler(() -> over = true);
            if (!stalled) {
                observer.request(1);
            }
        }

        @Override
        public void onNext(UploadRequest request) {
            synchronized (FakeCoordinator.this) {
                if (over) {
                    return;
                }
                if (request.getSerializedSize() >= 1 << 20) {
                    wrongs.add("a message of " + request.getSerializedSize());
                }
                request.getChunksList().forEach(this::take);
                if (random.nextDouble() < cuts) {
                    cut();
                    return;
                }
                if (random.nextDouble() >= silence) {
                    answer();
                }
                if (!stalled) {
                    observer.request(1);
                }
            }
        }

        private void take(UploadChunk chunk) {
            var id = FromWire.stream(chunk.getPosition());
            var stream = streams.computeIfAbsent(id, _ -> new Stream());
            var offset = (int) chunk.getPosition().getOffset();
            var data = chunk.getData().toByteArray();
            if (data.length > Limits.OUTPUT_CHUNK_BYTES || offset > stream.size) {
                wrongs.add("%s: %d bytes at %d, expected at %d".formatted(id, data.length, offset, stream.size));
                return;
            }
            if (offset + data.length > stream.bytes.length) {
                stream.bytes = Arrays.copyOf(stream.bytes, Math.max(2 * stream.bytes.length, offset + data.length));
            }
            System.arraycopy(data, 0, stream.bytes, offset, data.length);
            stream.size = Math.max(stream.size, offset + data.length);
            stream.last |= chunk.getLast();
        }

        private void answer() {
            if (over) {
                return;
            }
            var response = UploadResponse.newBuilder();
            streams.forEach((id, stream) -> {
                stream.durable = stream.size;
                if (unwanted.contains(id.attempt())) {
                    response.addUnwanted(ToWire.attempt(id.attempt()));
                } else {
                    response.addStored(ToWire.position(id, stream.durable));
                }
            });
            observer.onNext(response.build());
        }

        private void cut() {
            over = true;
            for (var stream : streams.values()) {
                stream.size = stream.durable;
                stream.last = false;
            }
            observer.onError(Status.UNAVAILABLE.withDescription("cut by the test").asRuntimeException());
        }

        @Override
        public void onError(Throwable failure) {
            over = true;
        }

        @Override
        public void onCompleted() {
            over = true;
            observer.onCompleted();
        }
    }

}
