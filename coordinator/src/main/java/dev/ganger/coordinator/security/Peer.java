package dev.ganger.coordinator.security;

import dev.ganger.model.Bytes;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.UUID;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection: made once for each, after the handshake.
 *
 * @param address null: not over a network
 * @param shown   null: it has no certificate
 */
public record Peer(@Nullable InetAddress address, @Nullable Shown shown) {
    static final Attributes.Key<Peer> ATTRIBUTE = Attributes.Key.create("ganger-peer");
    static final Context.Key<Peer> KEY = Context.key("peer");
    private static final Peer UNKNOWN = new Peer(null, null);

    /**
     * What its certificate says, which the authority signed.
     *
     * @param id        of the installation or the login
     * @param name      for people; the one that counts is the identity's
     * @param expiresAt in milliseconds since 1970
     */
    public record Shown(boolean agent, UUID id, String name, PublicKey key, Bytes keyHash, long expiresAt) {
        String described() {
            return (agent ? "agent '" : "user '") + name + "'";
        }
    }

    /** Of the call that this thread serves. */
    public static Peer present() {
        var peer = KEY.get();
        return peer == null ? UNKNOWN : peer;
    }

    /** Whether it is on the coordinator's own machine. */
    public boolean isOnLoopback() {
        return address != null && address.isLoopbackAddress();
    }

    static Peer of(Attributes connection) {
        var address = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress socket
                ? socket.getAddress()
                : null;
        return new Peer(address, shown(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
    }

    private static @Nullable Shown shown(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? shown(certificate)
                    : null;
        } catch (SSLPeerUnverifiedException without) {
            return null;
        }
    }

    /** Null if it names nobody. */
    static @Nullable Shown shown(X509Certificate certificate) {
        var agent = Certificates.id(certificate, Certificates.AGENT);
        var id = agent != null ? agent : Certificates.id(certificate, Certificates.USER);
        return id == null
                ? null
                : new Shown(agent != null, id, Certificates.name(certificate), certificate.getPublicKey(),
                        Keys.hash(certificate.getPublicKey()), certificate.getNotAfter().getTime());
    }

    /** Finds out who is there, once a connection. */
    public static ServerTransportFilter finder() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes connection) {
                return connection.toBuilder().set(ATTRIBUTE, of(connection)).build();
            }
        };
    }
}
