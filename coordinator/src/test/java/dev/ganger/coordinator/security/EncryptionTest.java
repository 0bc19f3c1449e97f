package dev.ganger.coordinator.security;

import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** TLS by native code and by the JDK: which one a machine has makes no difference. */
final class EncryptionTest {
    private final Authority authority = SampleAuthority.fresh();
    private final Map<SslProvider, Server> servers = new EnumMap<>(SslProvider.class);
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

    @BeforeEach
    void serve() throws IOException {
        for (var provider : new SslProvider[]{SslProvider.OPENSSL, SslProvider.JDK}) {
            servers.put(provider, NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
                    .sslContext(Encryption.server(authority, provider)).addTransportFilter(Peer.finder())
                    .intercept(new Keeper()).addService(new HealthStatusManager().getHealthService()).build().start());
        }
    }

    @AfterEach
    void end() {
        servers.values().forEach(Server::shutdownNow);
    }

    /** Keeps who has called. */
    private final class Keeper implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
                ServerCallHandler<Q, A> next) {
            var peer = call.getAttributes().get(Peer.ATTRIBUTE);
            if (peer != null) {
                peers.add(peer);
            }
            return next.startCall(call, headers);
        }
    }

    private static void call(Server server, Trust trust) {
        var channel = Channels.open(new Address("localhost", server.getPort()), trust);
        try {
            var _ = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void nativeTlsIsThereWhereItIsShipped() {
        assertThat(OpenSsl.isAvailable()).isTrue();
    }

    @Test
    void aClientIsKnownByItsCertificateAndNeedNotHaveOne() throws InterruptedException {
        var key = Keys.generate();
        var instance = new UUID(1, 2);
        var agent = new Credentials(authority.certificate(), authority.agent("vm-1", instance, key.getPublic()),
                key.getPrivate());
        for (var server : servers.values()) {
            call(server, new Trust.Mutual(agent));
            var peer = peers.take();
            assertThat(peer.shown()).isEqualTo(new Peer.Shown(true, instance, "vm-1", key.getPublic(), Keys.hash(key.getPublic()),
                    agent.expiresAt().toEpochMilli()));
            assertThat(peer.isOnLoopback()).isTrue();
            call(server, new Trust.Pinned(authority.fingerprint()));
            assertThat(peers.take().shown()).isNull();
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityEndsTheHandshake() {
        var key = Keys.generate();
        var forged = new Credentials(authority.certificate(),
                SampleAuthority.fresh().agent("vm-1", new UUID(1, 2), key.getPublic()), key.getPrivate());
        for (var server : servers.values()) {
            assertThatThrownBy(() -> call(server, new Trust.Mutual(forged))).isInstanceOfSatisfying(StatusRuntimeException.class,
                    failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
            assertThat(peers).isEmpty();
        }
    }
}
