package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.security.SampleAuthority;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.PresentedKey;
import dev.ganger.trust.Trust;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What comes from a network that is not trusted, over real sockets; in the end honest users are served as before. */
final class AttackTest extends GuardedCoordinator {
    private static final int HALF_OPEN = 2_000;
    private static final int PATIENCE_MILLIS = 30_000;

    private static Status status(Channel channel) {
        try {
            var _ = ControlServiceGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
            return Status.OK;
        } catch (io.grpc.StatusRuntimeException failure) {
            return failure.getStatus();
        }
    }

    private void assertHonestOnesAreServed() {
        assertThat(status(channel).getCode()).isEqualTo(Code.OK);
        assertThat(status(open(user("honest", Role.VIEWER))).getCode()).isEqualTo(Code.OK);
    }

    private Socket connect() throws IOException {
        var socket = new Socket(address().host(), address().port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** A socket with TLS that trusts everybody and shows nothing. */
    private SSLSocket secured(String... versions) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new Everybody()}, null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connect(), address().host(), address().port(), true);
        socket.setEnabledProtocols(versions);
        return socket;
    }

    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void plainTextGetsNoAnswer() throws Exception {
        try (var socket = connect()) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readAllBytes();
            assertThat(answer.length).isLessThan(16);
        }
        assertThat(status(open(new Trust.Nobody())).getCode()).isEqualTo(Code.UNAVAILABLE);
        assertHonestOnesAreServed();
    }

    @Test
    void olderVersionsOfTlsAreRefused() throws Exception {
        try (var socket = secured("TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
        try (var socket = secured("TLSv1.3")) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityDoesNotPassTheHandshake() {
        var other = SampleAuthority.fresh();
        var key = Keys.generate();
        var forged = new Credentials(authority().certificate(), other.user("ann", id(user("ann", Role.ADMIN)), key.getPublic()),
                key.getPrivate());
        assertThat(status(open(forged)).getCode()).isEqualTo(Code.UNAVAILABLE);
        assertHonestOnesAreServed();
    }

    @Test
    void aCertificateThatNobodyJoinedWithIsNobodys() {
        var key = Keys.generate();
        var unknown = authority().user("ann", UUID.randomUUID(), key.getPublic());
        assertThat(status(open(new Credentials(authority().certificate(), unknown, key.getPrivate()))).getDescription())
                .contains("user 'ann' is not known here");
        var agentOfAUsersId = authority().agent("ann", id(user("ann", Role.ADMIN)), key.getPublic());
        assertThat(status(open(new Credentials(authority().certificate(), agentOfAUsersId, key.getPrivate()))).getDescription())
                .contains("agent 'ann' is not known here");
    }

    private static UUID id(Credentials user) {
        var id = Certificates.id(user.certificate(), Certificates.USER);
        return id == null ? UUID.randomUUID() : id;
    }

    @Test
    void aCertificateWithoutItsKeyIsWorthNothing() {
        var stolen = user("ann", Role.ADMIN);
        assertThat(
                status(open(new Credentials(stolen.authority(), stolen.certificate(), Keys.generate().getPrivate()))).getCode())
                .isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void theCoordinatorsOwnCertificateIsNoClients() throws Exception {
        try (var socket = secured("TLSv1.3")) {
            socket.startHandshake();
            var own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(status(open(new Credentials(authority().certificate(), own, Keys.generate().getPrivate()))).getCode())
                    .isEqualTo(Code.UNAVAILABLE);
        }
    }

    @Test
    void theKeyOfTheMomentIsShownAtEachHandshake() {
        var key = new PresentedKey(agent("vm-1", ScriptedAgent.instance(1)));
        var renewed = authority().agent("vm-1", UUID.nameUUIDFromBytes(new byte[0]),
                key.credentials().certificate().getPublicKey());
        key.show(key.credentials().with(renewed));
        assertThat(status(open(new Trust.Mutual(key))).getDescription()).contains("is not known here");
    }

    @Test
    void tooLargeMessagesAndHeadersEndTheirCallOnly() {
        var connection = open(user("ann", Role.SUBMITTER));
        var headers = new Metadata();
        headers.put(Metadata.Key.of("much", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(64 * 1024));
        assertThat(status(io.grpc.ClientInterceptors.intercept(connection,
                MetadataUtils.newAttachHeadersInterceptor(headers))).getCode()).isNotEqualTo(Code.OK);
        var client = new ContractClient(connection);
        var huge = ContractClient.array(ContractClient.spec("x".repeat(9 << 20)), 1);
        assertThat(failure(() -> client.submit(huge, List.of())).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(status(connection).getCode()).isEqualTo(Code.OK);
    }

    @Test
    void nonsenseWithinTlsEndsItsConnection() throws Exception {
        var random = ThreadLocalRandom.current();
        for (var round = 0; round < 20; round++) {
            try (var socket = secured("TLSv1.3")) {
                var parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[]{"h2"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                var nonsense = new byte[random.nextInt(1, 2_000)];
                random.nextBytes(nonsense);
                socket.getOutputStream().write(nonsense);
                socket.getOutputStream().flush();
            }
        }
        assertHonestOnesAreServed();
    }

    @Test
    void messagesThatAreNoneEndTheirCallOnly() {
        var connection = open(agent("vm-1", ScriptedAgent.instance(1)));
        var agent = new ScriptedAgent(connection);
        agent.say(ScriptedAgent.hello("vm-1", ByteString.copyFromUtf8("no id"), 1));
        assertThat(agent.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        ScriptedAgent.attached(connection, "vm-1", ScriptedAgent.instance(1)).leave();
    }

    @Test
    void thousandsOfHalfOpenConnectionsAreGivenUpAndHinderNobody() throws Exception {
        var sockets = new ArrayList<Socket>();
        var begun = Instant.now();
        try {
            for (var number = 0; number < HALF_OPEN; number++) {
                sockets.add(connect());
            }
            sockets.getFirst().getOutputStream().write(new byte[]{22, 3, 1});
            assertHonestOnesAreServed();
            for (var socket : sockets) {
                assertThat(socket.getInputStream().readAllBytes().length).isLessThan(16);
            }
            assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(25));
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        assertHonestOnesAreServed();
    }
}
