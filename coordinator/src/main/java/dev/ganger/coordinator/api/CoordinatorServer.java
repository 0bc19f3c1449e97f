package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Encryption;
import dev.ganger.coordinator.security.Gate;
import dev.ganger.coordinator.security.Peer;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.coordinator.security.StrangerLimit;
import dev.ganger.model.Limits;
import dev.ganger.wire.Address;
import dev.ganger.wire.Build;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Listens, and serves every contract of the coordinator, with health and reflection. */
public final class CoordinatorServer implements AutoCloseable {
    private static final long FAREWELL_SECONDS = 2;
    /** Who has connected must be ready to call by then. */
    private static final long SECONDS_FOR_HANDSHAKE = 10;
    /** Connections that are open at once: an agent has two, a caller one. */
    private static final int CONNECTIONS = 10_000;
    /** Calls that are open at once on one connection. */
    private static final int CALLS_OF_CONNECTION = 1_000;
    /** All headers of a call together. */
    private static final int HEADER_BYTES = 16 * 1024;
    /** Calls of one connection that its peer may break off within so many seconds: each costs more than it costs the peer. */
    private static final int RESETS = 2_000;
    private static final int SECONDS_OF_RESETS = 10;
    private static final long SECONDS_BETWEEN_PINGS = 10;
    /** A peer that says nothing is asked whether it is there, and given up if it is not. */
    private static final long SECONDS_UNTIL_PING = 30;

    /** These tell, with a stack trace each time, of what any stranger on the network can send. */
    private static final List<Logger> ABOUT_STRANGERS = List.of(
            Logger.getLogger("io.grpc.netty.NettyServerTransport.connections"),
            Logger.getLogger("io.grpc.netty.NettyServerStream"), Logger.getLogger("io.grpc.netty.NettyServerHandler"));

    static {
        ABOUT_STRANGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final HealthStatusManager health = new HealthStatusManager();
    private final Address asked;
    private final Server server;
    private final EventLoopGroup listening = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup connections = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());

    public CoordinatorServer(Core core, OutputStore outputs, DiskRoom room, Settings settings, Address address,
            Protection protection) {
        this(core, outputs, room, settings, address, protection, CONNECTIONS);
    }

    CoordinatorServer(Core core, OutputStore outputs, DiskRoom room, Settings settings, Address address,
            Protection protection, int mostConnections) {
        asked = address;
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(address.host(), address.port()))
                .executor(calls)
                .channelFactory(() -> new BoundedListener(mostConnections))
                .bossEventLoopGroup(listening)
                .workerEventLoopGroup(connections)
                .addStreamTracerFactory(StrangerLimit.onTheWire())
                .handshakeTimeout(SECONDS_FOR_HANDSHAKE, TimeUnit.SECONDS)
                .maxConcurrentCallsPerConnection(CALLS_OF_CONNECTION)
                .maxInboundMetadataSize(HEADER_BYTES)
                .maxRstFramesPerWindow(RESETS, SECONDS_OF_RESETS)
                .maxInboundMessageSize(Limits.MESSAGE_BYTES)
                .keepAliveTime(SECONDS_UNTIL_PING, TimeUnit.SECONDS)
                .keepAliveTimeout(SECONDS_UNTIL_PING, TimeUnit.SECONDS)
                .permitKeepAliveTime(SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(Intake.of(health.getHealthService().bindService()))
                .addService(Intake.of(ProtoReflectionServiceV1.newInstance().bindService()));
        services(core, outputs, room, settings, protection)
                .forEach(service -> builder.addService(Intake.of(service.bindService())));
        protect(builder, protection);
        server = builder.build();
    }

    private static void protect(NettyServerBuilder builder, Protection protection) {
        switch (protection) {
            case Protection.None _ -> builder.intercept(Gate.open());
            case Protection.Tls tls -> builder.sslContext(Encryption.server(tls.authority()))
                    .addTransportFilter(Peer.finder()).intercept(new Gate(tls.directory(), tls.clock()));
        }
    }

    /** Everything but health and reflection; over any transport, behind a gate. */
    public static List<BindableService> services(Core core, OutputStore outputs, DiskRoom room, Settings settings,
            Protection protection) {
        return List.of(new JobApi(core, room, settings), new ResultApi(core),
                new ControlApi(core, outputs, new Throughput(core), Build.VERSION),
                new WorkApi(core, settings), new OutputApi(core, outputs, room), new JoinApi(core, protection),
                new AccessApi(core, protection));
    }

    /** All that is served, health and reflection included. */
    List<ServerServiceDefinition> served() {
        return server.getServices();
    }

    /** Begins to serve; the address with the port that was chosen if the asked one was 0. */
    public Address start() throws IOException {
        server.start();
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        return new Address(asked.host(), server.getPort());
    }

    /** Ends all calls; streams get a moment to say goodbye. */
    @Override
    public void close() {
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        calls.shutdown();
        connections.shutdownGracefully(0, FAREWELL_SECONDS, TimeUnit.SECONDS);
        listening.shutdownGracefully(0, FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
