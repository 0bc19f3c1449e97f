package dev.ganger.coordinator.api;

import dev.ganger.model.Role;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.PresentedKey;
import dev.ganger.trust.Trust;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose certificate counts at the handshake and behind it; {@code AttacksTest} has what else is tried. */
final class HandshakeTest extends GuardedCoordinator {
    private static final int PATIENCE_MILLIS = 30_000;

    private static Status status(Channel channel) {
        try {
            var _ = ControlServiceGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
            return Status.OK;
        } catch (io.grpc.StatusRuntimeException failure) {
            return failure.getStatus();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(address().host(), address().port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** A socket with TLS that trusts everybody and shows nothing. */
    private SSLSocket secured() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new Everybody()}, null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connect(), address().host(), address().port(), true);
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
        try (var socket = secured()) {
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

}
