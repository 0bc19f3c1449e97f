package dev.ganger.wire;

import dev.ganger.model.Limits;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** How a channel to the coordinator is made, the same for agents and clients. */
public final class Channels {
    private static final int KEEP_ALIVE_SECONDS = 20;

    private Channels() {}

    /** Plain text; nothing is sent before the first call. */
    public static ManagedChannel open(Address coordinator) {
        return NettyChannelBuilder.forAddress(coordinator.host(), coordinator.port())
                .usePlaintext()
                .maxInboundMessageSize(Limits.MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
    }
}
