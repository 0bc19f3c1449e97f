package dev.ganger.coordinator.api;

import dev.ganger.coordinator.security.Access;
import dev.ganger.coordinator.security.Directory;
import dev.ganger.coordinator.security.Gate;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of who may call what, held against what is served; {@code EveryCallTest} makes the calls. */
final class AccessTableTest extends GuardedCoordinator {
    private List<MethodDescriptor<?, ?>> served() {
        return server().served().stream().flatMap(service -> service.getMethods().stream())
                .<MethodDescriptor<?, ?>>map(ServerMethodDefinition::getMethodDescriptor).toList();
    }

    @Test
    void everyCallThatIsServedIsInTheTableAndNothingElse() {
        assertThat(served()).extracting(MethodDescriptor::getFullMethodName).hasSizeGreaterThan(35)
                .containsExactlyInAnyOrderElementsOf(Access.all().keySet());
    }

    @Test
    void aMethodThatIsNotInTheTableIsForNobody() throws IOException {
        var method = MethodDescriptor.<byte[], byte[]>newBuilder().setType(MethodType.UNARY).setFullMethodName("test.New/Call")
                .setRequestMarshaller(new Raw()).setResponseMarshaller(new Raw()).build();
        var name = InProcessServerBuilder.generateName();
        var server = InProcessServerBuilder.forName(name).intercept(new Gate(Directory.of(loop), InstantSource.system()))
                .addService(ServerServiceDefinition.builder("test.New").addMethod(method, (call, _) -> {
                    call.close(Status.OK, new Metadata());
                    return new ServerCall.Listener<>() {
                    };
                }).build()).build().start();
        var inProcess = InProcessChannelBuilder.forName(name).build();
        assertThat(call(inProcess, method).getDescription())
                .isEqualTo("nobody may call test.New/Call: it is not in the table of who may");
        inProcess.shutdownNow();
        server.shutdownNow();
    }

    /** How a call with an empty message ends. */
    private static Status call(Channel channel, MethodDescriptor<?, ?> method) {
        var end = new CompletableFuture<Status>();
        var bytes = method.toBuilder(new Raw(), new Raw()).setType(MethodType.BIDI_STREAMING).build();
        var requests = ClientCalls.asyncBidiStreamingCall(channel.newCall(bytes, CallOptions.DEFAULT), new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {}

            @Override
            public void onError(Throwable failure) {
                end.complete(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                end.complete(Status.OK);
            }
        });
        requests.onNext(new byte[0]);
        requests.onCompleted();
        return end.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Messages as bytes. */
    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
