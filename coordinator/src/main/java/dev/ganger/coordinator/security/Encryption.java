package dev.ganger.coordinator.security;

import dev.ganger.trust.PresentedKey;
import dev.ganger.wire.Channels;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** The coordinator's side of TLS. */
public final class Encryption {
    private Encryption() {}

    /** In native code where that is present. */
    public static SslContext server(Authority authority) {
        return server(authority, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    /** A client is asked for its certificate but need not have one: who joins has none yet. */
    static SslContext server(Authority authority, SslProvider provider) {
        var key = new PresentedKey(new ServerCredentials(authority)::get);
        var builder = SslContextBuilder.forServer(key).protocols(Channels.TLS).clientAuth(ClientAuth.OPTIONAL)
                .trustManager(new OwnCertificates(authority));
        try {
            return GrpcSslContexts.configure(builder, provider).build();
        } catch (SSLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
