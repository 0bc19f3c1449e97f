package dev.ganger.coordinator.api;

import dev.ganger.coordinator.api.Attack.Result;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.wire.Channels;
import io.grpc.health.v1.HealthGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static dev.ganger.coordinator.api.Attack.otherwise;

/** Who sends so much that others would not be served; nobody of these shows a certificate. */
final class FloodAttacks {
    private static final String CALM = "`ENHANCE_YOUR_CALM`, and the connection is closed";
    private static final int CONNECTIONS = 2_000;
    private static final int STREAMS = 3_000;
    private static final int FRAMES = 20_000;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final String HEALTH = HealthGrpc.getCheckMethod().getFullMethodName();

    private FloodAttacks() {}

    static List<Attack> all() {
        return List.of(
                otherwise("2,000 half-open connections", "others are served meanwhile", FloodAttacks::halfOpen),
                otherwise("3,000 calls at once on one connection", "1,000 are served, the others refused",
                        FloodAttacks::manyStreams),
                otherwise("20,000 pings", CALM, target -> flood(target, FloodAttacks::pings)),
                otherwise("20,000 calls that are cancelled at once", CALM, target -> flood(target, FloodAttacks::resets)),
                otherwise("20,000 frames that continue the headers of a call", CALM,
                        target -> flood(target, FloodAttacks::continuations)));
    }

    private static Result halfOpen(GuardedCoordinator target) throws IOException {
        var open = new ArrayList<RawConnection>();
        try {
            for (var number = 0; number < CONNECTIONS; number++) {
                open.add(RawConnection.tcp(target.address()));
            }
            var honest = target.open(target.user("honest", Role.VIEWER));
            var status = ControlServiceGrpc.newBlockingStub(honest).withDeadlineAfter(10, TimeUnit.SECONDS)
                    .getStatus(GetStatusRequest.getDefaultInstance());
            return new Result.Otherwise(status.isInitialized() ? "others are served meanwhile" : "nobody is served");
        } finally {
            for (var each : open) {
                each.close();
            }
        }
    }

    private static RawConnection connected(GuardedCoordinator target) throws IOException {
        var connection = RawConnection.tls(target.address(), target.authority().fingerprint(), null, Channels.TLS, "h2");
        connection.preface();
        return connection;
    }

    /** Calls whose message never comes. */
    private static Result manyStreams(GuardedCoordinator target) throws IOException {
        try (var connection = connected(target)) {
            Thread.ofVirtual().start(() -> quietly(() -> {
                for (var number = 0; number < STREAMS; number++) {
                    connection.send(RawConnection.frame(RawConnection.HEADERS, RawConnection.END_HEADERS, 2 * number + 1,
                            RawConnection.call(HEALTH)));
                }
            }));
            var refused = 0;
            while (refused < STREAMS - 1_000) {
                var frame = connection.read();
                if (frame == null || frame.type() == RawConnection.GO_AWAY) {
                    return new Result.Otherwise("the connection is closed");
                }
                if (frame.type() == RawConnection.RST_STREAM) {
                    refused += frame.error() == RawConnection.REFUSED_STREAM ? 1 : 0;
                }
            }
            return new Result.Otherwise(
                    connection.isClosedWithin(100) ? "the connection is closed" : "1,000 are served, the others refused");
        }
    }

    /** Frames of one kind. */
    @FunctionalInterface
    private interface Flood {
        void send(RawConnection connection, int number) throws IOException;
    }

    /** Something that fails when the other side has had enough. */
    @FunctionalInterface
    private interface Sending {
        void send() throws IOException;
    }

    private static void quietly(Sending sending) {
        try {
            sending.send();
        } catch (IOException _) {
            // The reader tells how the connection ended.
        }
    }

    private static Result flood(GuardedCoordinator target, Flood flood) throws IOException {
        try (var connection = connected(target)) {
            Thread.ofVirtual().start(() -> quietly(() -> {
                for (var number = 0; number < FRAMES; number++) {
                    flood.send(connection, number);
                }
            }));
            return new Result.Otherwise(ending(connection));
        }
    }

    private static String ending(RawConnection connection) throws IOException {
        var farewell = "the connection is closed";
        for (var frame = connection.read(); frame != null; frame = connection.read()) {
            if (frame.type() == RawConnection.GO_AWAY) {
                farewell = frame.error() == ENHANCE_YOUR_CALM ? CALM : "the connection is closed with error " + frame.error();
            }
        }
        return farewell;
    }

    private static void pings(RawConnection connection, int number) throws IOException {
        connection.send(RawConnection.frame(RawConnection.PING, 0, 0, new byte[8]));
    }

    private static void resets(RawConnection connection, int number) throws IOException {
        var stream = 2 * number + 1;
        connection.send(
                RawConnection.frame(RawConnection.HEADERS, RawConnection.END_HEADERS, stream, RawConnection.call(HEALTH)));
        connection.send(RawConnection.frame(RawConnection.RST_STREAM, 0, stream, new byte[]{0, 0, 0, 8}));
    }

    private static void continuations(RawConnection connection, int number) throws IOException {
        var headers = new ByteArrayOutputStream();
        RawConnection.header(headers, "x-" + number, "y");
        connection.send(number == 0
                ? RawConnection.frame(RawConnection.HEADERS, 0, 1, RawConnection.call(HEALTH))
                : RawConnection.frame(RawConnection.CONTINUATION, 0, 1, headers.toByteArray()));
    }
}
