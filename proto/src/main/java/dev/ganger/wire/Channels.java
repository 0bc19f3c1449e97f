package dev.ganger.wire;

import dev.ganger.model.Limits;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.PinnedAuthority;
import dev.ganger.trust.Trust;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** How a channel to the coordinator is made, the same for agents and clients. */
public final class Channels {
    /** The only version that either side speaks. */
    public static final String TLS = "TLSv1.3";
    private static final int KEEP_ALIVE_SECONDS = 20;

    private Channels() {}

    /** For a connection that lasts: TLS in native code where that is present. Nothing is sent before the first call. */
    public static ManagedChannel open(Address coordinator, Trust trust) {
        return open(coordinator, trust, GrpcSslContexts::forClient);
    }

    /**
     * For a moment: the JDK's TLS starts as fast as native code does (measured: 0.97 s of CPU for a status, and 0.98 s), leaves no library
     * in the temporary folder, and is the same on every system.
     */
    public static ManagedChannel openBriefly(Address coordinator, Trust trust) {
        return open(coordinator, trust, () -> GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK));
    }

    private static ManagedChannel open(Address coordinator, Trust trust, Supplier<SslContextBuilder> tls) {
        var channel = NettyChannelBuilder.forAddress(coordinator.host(), coordinator.port())
                .maxInboundMessageSize(Limits.MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        if (trust instanceof Trust.Nobody) {
            return channel.usePlaintext().build();
        }
        return channel.sslContext(context(trust, tls.get())).overrideAuthority(Certificates.COORDINATOR).build();
    }

    private static SslContext context(Trust trust, SslContextBuilder tls) {
        var context = tls.protocols(TLS);
        switch (trust) {
            case Trust.Nobody() -> throw new AssertionError("nobody needs no context");
            case Trust.Pinned(var authority) -> context.trustManager(new PinnedAuthority(authority));
            case Trust.Mutual(var key) -> context.keyManager(key)
                    .trustManager(new PinnedAuthority(Fingerprint.of(key.credentials().authority())));
        }
        try {
            return context.build();
        } catch (SSLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
