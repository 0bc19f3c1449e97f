package dev.ganger.coordinator.api;

import dev.ganger.coordinator.security.Access;
import dev.ganger.coordinator.security.Directory;
import dev.ganger.coordinator.security.Gate;
import dev.ganger.coordinator.security.Need;
import dev.ganger.model.Role;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of who may call what, held against what is served. */
final class AccessTableTest extends GuardedCoordinator {
    /** Whose call passes, for each need. */
    private static Set<Need> ofStrangers() {
        return EnumSet.of(Need.ANYONE);
    }

    private static Set<Need> ofAgents() {
        return EnumSet.of(Need.ANYONE, Need.RENEWAL, Need.MEMBER, Need.AGENT);
    }

    private static Set<Need> of(Role role) {
        var needs = EnumSet.of(Need.ANYONE, Need.RENEWAL, Need.MEMBER, Need.VIEWER);
        if (role != Role.VIEWER) {
            needs.add(Need.SUBMITTER);
        }
        if (role == Role.ADMIN) {
            needs.add(Need.ADMIN);
        }
        return needs;
    }

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
    void whatTheTableForbidsTheServerRefuses() {
        assertRefused(stranger(), ofStrangers(), Code.UNAUTHENTICATED);
        assertRefused(open(agent("vm-1", ScriptedAgent.instance(1))), ofAgents(), Code.PERMISSION_DENIED);
        for (var role : Role.values()) {
            assertRefused(open(user("ann", role)), of(role), Code.PERMISSION_DENIED);
        }
    }

    private void assertRefused(Channel channel, Set<Need> allowed, Code code) {
        for (var method : served()) {
            var row = Access.of(method.getFullMethodName());
            if (row != null && !allowed.contains(row.need())) {
                var status = call(channel, method);
                assertThat(status.getCode()).as(method.getFullMethodName()).isEqualTo(code);
                assertThat(status.getDescription()).startsWith("'" + row.word() + "' is for " + row.need().who());
            }
        }
    }

    @Test
    void whatTheTableAllowsPassesTheGate() {
        assertPasses(open(user("ann", Role.VIEWER)), of(Role.VIEWER));
        assertPasses(open(user("ann", Role.SUBMITTER)), of(Role.SUBMITTER));
        assertPasses(open(user("ann", Role.ADMIN)), of(Role.ADMIN));
    }

    /** Only calls with one answer: what streams may go on for ever. */
    private void assertPasses(Channel channel, Set<Need> allowed) {
        for (var method : served()) {
            var row = Access.of(method.getFullMethodName());
            if (row != null && allowed.contains(row.need()) && method.getType() == MethodType.UNARY) {
                assertThat(call(channel, method).getDescription()).as(method.getFullMethodName()).satisfiesAnyOf(
                        nothing -> assertThat(nothing).isNull(),
                        sentence -> assertThat(sentence).doesNotContain(" is for " + row.need().who()));
            }
        }
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
