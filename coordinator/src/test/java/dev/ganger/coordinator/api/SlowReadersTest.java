package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** Followers that stop to read, over real sockets: they hold up nobody, cost little, are cut off, and go on where they stopped. */
@Timeout(120)
final class SlowReadersTest extends ServedCoordinator {
    private static final int STUCK = 40;
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 160;
    /** What one may cost: a message that waits, and what gRPC takes beyond it. */
    private static final long MOST_BYTES_EACH = 1 << 20;
    private @Nullable CoordinatorServer server;
    private Address address = Address.parse("localhost:0");

    @Override
    ManagedChannel serve(OutputStore output, DiskRoom room, Settings settings) throws IOException {
        var fresh = new CoordinatorServer(loop, output, room, settings, address, new Protection.None());
        server = fresh;
        address = fresh.start();
        return Channels.open(address, new Trust.Nobody());
    }

    @Override
    void endServing() {
        if (server != null) {
            server.close();
        }
    }

    /** One that asks for messages only when it is told to. */
    private static final class Follower extends ClientCall.Listener<ReadOutputResponse> {
        private final ManagedChannel channel;
        private final ClientCall<ReadOutputRequest, ReadOutputResponse> call;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final CompletableFuture<Status> over = new CompletableFuture<>();
        private boolean reading;

        private Follower(Address address, ReadOutputRequest request) {
            channel = Channels.open(address, new Trust.Nobody());
            call = channel.newCall(OutputServiceGrpc.getReadOutputMethod(), CallOptions.DEFAULT);
            call.start(this, new Metadata());
            call.sendMessage(request);
            call.halfClose();
        }

        private Follower read() {
            reading = true;
            call.request(1);
            return this;
        }

        private Status end() {
            return over.orTimeout(60, TimeUnit.SECONDS).join();
        }

        @Override
        public void onMessage(ReadOutputResponse message) {
            heard.writeBytes(message.getChunk().getData().toByteArray());
            if (reading) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            over.complete(status);
            channel.shutdownNow();
        }
    }

    @Test
    void theyHoldUpNobodyAndGoOnWhereTheyStopped() {
        var agent = ScriptedAgent.attached(channel, "one", ScriptedAgent.instance(1));
        var job = client.submitted(array(spec("true"), 2));
        agent.pull(0, 1);
        var attempt = ScriptedAgent.attempts(agent.grant()).getFirst();
        var request = ReadOutputRequest.newBuilder().setJob(job).setFollow(true).build();
        var before = used();
        var stuck = IntStream.range(0, STUCK).mapToObj(_ -> new Follower(address, request)).toList();
        var honest = new Follower(address, request).read();
        var expected = write(attempt);
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> honest.heard.size() == expected.length);
        assertThat(honest.heard.toByteArray()).isEqualTo(expected);
        // what was written is kept once, by the store of this test
        assertThat(used() - before - 2L * expected.length).as("bytes that stuck followers cost")
                .isLessThan(STUCK * MOST_BYTES_EACH);
        dispatchIsPrompt(agent);

        assertCutAndGoesOn(stuck.getFirst(), request, attempt, expected);
        agent.reportUploaded(attempt, 0, expected.length, 0);
        honest.call.cancel("enough", null);
        stuck.forEach(each -> each.channel.shutdownNow());
    }

    private byte[] write(dev.ganger.proto.v1.AttemptId attempt) {
        var upload = new ScriptedUpload(channel);
        var all = new ByteArrayOutputStream();
        for (var number = 0; number < CHUNKS; number++) {
            var text = "%07d ".formatted(number).repeat(CHUNK / 8);
            upload.out(attempt, (long) number * CHUNK, text);
            all.writeBytes(ByteString.copyFromUtf8(text).toByteArray());
        }
        return all.toByteArray();
    }

    private void dispatchIsPrompt(ScriptedAgent agent) {
        var begun = System.nanoTime();
        agent.pull(1, 1);
        agent.reportExit(ScriptedAgent.attempts(agent.grant()).getFirst(), 0, "");
        agent.hear(dev.ganger.proto.v1.AttachResponse::hasRecorded);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    private void assertCutAndGoesOn(Follower cut, ReadOutputRequest request, dev.ganger.proto.v1.AttemptId attempt,
            byte[] expected) {
        // nothing but time tells: the end of the call stands behind what is not read
        var patience = Outgoing.READER_PATIENCE.plusSeconds(2);
        org.awaitility.Awaitility.await().pollDelay(patience).atMost(patience.plusSeconds(20)).until(() -> !cut.over.isDone());
        var status = cut.read().end();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("nothing was read for 30 s").contains("call again from where it stopped");
        var heard = cut.heard.toByteArray();
        assertThat(heard.length).isLessThan(expected.length);
        var again = new Follower(address, request.toBuilder().addSeen(
                ScriptedUpload.position(attempt, dev.ganger.proto.v1.OutputStream.OUTPUT_STREAM_STDOUT, heard.length)).build())
                .read();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> heard.length + again.heard.size() == expected.length);
        var whole = new ByteArrayOutputStream();
        Stream.of(heard, again.heard.toByteArray()).forEach(whole::writeBytes);
        assertThat(whole.toByteArray()).isEqualTo(expected);
        again.call.cancel("enough", null);
    }

    private static long used() {
        System.gc();
        var memory = java.lang.management.ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Test
    void connectionsBeyondTheMostAreClosed() throws IOException {
        var few = new CoordinatorServer(loop, outputs, new DiskRoom(java.nio.file.Path.of("/tmp")),
                new Settings(100, 64 << 20, Duration.ofSeconds(60), Duration.ofDays(30)), Address.parse("localhost:0"),
                new Protection.None(), 3);
        var place = few.start();
        try (var first = open(place); var second = open(place); var third = open(place); var fourth = open(place)) {
            assertThat(List.of(first, second, third)).noneMatch(SlowReadersTest::isClosed);
            assertThat(isClosed(fourth)).isTrue();
            first.close();
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                try (var again = open(place)) {
                    return !isClosed(again);
                }
            });
        } finally {
            few.close();
        }
    }

    private static Socket open(Address place) throws IOException {
        var socket = new Socket(place.host(), place.port());
        socket.setSoTimeout(1_000);
        return socket;
    }

    /** The server greets nobody who does not begin. */
    private static boolean isClosed(Socket socket) {
        try {
            for (var next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                // its settings come first
            }
            return true;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
