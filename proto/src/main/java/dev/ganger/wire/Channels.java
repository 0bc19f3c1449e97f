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
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** How a channel to the coordinator is made, the same for agents and clients. */
public final class Channels {
    /** The only version that either side speaks. */
    public static final String TLS = "TLSv1.3";
    private static final int KEEP_ALIVE_SECONDS = 20;

    private Channels() {}

    /** Nothing is sent before the first call. */
    public static ManagedChannel open(Address coordinator, Trust trust) {
        var channel = NettyChannelBuilder.forAddress(coordinator.host(), coordinator.port())
                .maxInboundMessageSize(Limits.MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        if (trust instanceof Trust.Nobody) {
            return channel.usePlaintext().build();
        }
        return channel.sslContext(context(trust)).overrideAuthority(Certificates.COORDINATOR).build();
    }

    private static SslContext context(Trust trust) {
        var context = GrpcSslContexts.forClient().protocols(TLS);
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
