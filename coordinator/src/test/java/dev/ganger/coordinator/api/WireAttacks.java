package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.api.Attack.Result;
import dev.ganger.model.Limits;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.EntryChunk;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.wire.Channels;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

import static dev.ganger.coordinator.api.Attack.otherwise;
import static dev.ganger.coordinator.api.Attack.refused;

/** Who does not speak as the contract has it. */
final class WireAttacks {
    private static final String NO_CONNECTION = "the handshake fails";
    private static final String CLOSED = "the connection is closed";
    private static final String CLOSED_IN_TIME = "the connection is closed after 10 s";
    private static final long PATIENCE_SECONDS = 30;

    private WireAttacks() {}

    /** A message that is any bytes. */
    static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    };

    static List<Attack> all() {
        return List.of(
                otherwise("TLS 1.2", NO_CONNECTION, WireAttacks::oldTls),
                otherwise("plain text", CLOSED, WireAttacks::plainText),
                otherwise("HTTP/1.1 in TLS", NO_CONNECTION + ", or " + CLOSED, WireAttacks::oldHttp),
                otherwise("a handshake of a byte a second", CLOSED_IN_TIME, WireAttacks::drips),
                otherwise("bytes that are no HTTP/2", CLOSED, target -> garbage(target, "this is no HTTP/2".repeat(100))),
                otherwise("frames of HTTP/2 that are none", CLOSED, target -> garbage(target,
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\u00ff".repeat(1_000))),
                refused("a message beyond the limit of 8 MiB", Code.RESOURCE_EXHAUSTED, "exceeds maximum size",
                        target -> submit(target, new byte[Limits.MESSAGE_BYTES + 1], CallOptions.DEFAULT)),
                refused("a message that is too large once it is unpacked", Code.RESOURCE_EXHAUSTED, "exceeds maximum size",
                        target -> submit(target, SubmitRequest.newBuilder().setEntries(EntryChunk.newBuilder()
                                .addEntries(ByteString.copyFrom(new byte[Limits.MESSAGE_BYTES]))).build().toByteArray(),
                                CallOptions.DEFAULT.withCompression("gzip"))),
                refused("a message that is no message", Code.INVALID_ARGUMENT,
                        "this is no message of ganger.v1.JobService/Submit",
                        target -> submit(target, new byte[]{-1, -1, -1, -1}, CallOptions.DEFAULT)),
                refused("a join of 1 MiB", Code.RESOURCE_EXHAUSTED, "who has not joined sends at most 16384 bytes",
                        target -> Result.of(joining(target, CallOptions.DEFAULT))),
                refused("a join of 1 MiB in few bytes", Code.RESOURCE_EXHAUSTED, "who has not joined sends at most 16384 bytes",
                        target -> Result.of(joining(target, CallOptions.DEFAULT.withCompression("gzip")))),
                otherwise("headers of 64 KiB", "the call is refused", WireAttacks::largeHeaders),
                refused("a method that is in no table", Code.UNIMPLEMENTED, "Method not found", target -> Result.of(
                        call(target.open(target.user("mallory", Role.ADMIN)), "ganger.v1.JobService/Drop", new byte[0],
                                CallOptions.DEFAULT))));
    }

    private static Result oldTls(GuardedCoordinator target) throws IOException {
        try (var _ = RawConnection.tls(target.address(), target.authority().fingerprint(), null, "TLSv1.2", "h2")) {
            return new Result.Otherwise("it is served");
        } catch (SSLException refused) {
            return new Result.Otherwise(NO_CONNECTION);
        }
    }

    private static Result plainText(GuardedCoordinator target) throws IOException {
        try (var connection = RawConnection.tcp(target.address())) {
            connection.preface();
            var heard = connection.readToTheEnd();
            // At most an alert of TLS comes, and no frame of HTTP/2.
            return new Result.Otherwise(heard.length == 0 || heard[0] == 21 ? CLOSED : "it is served");
        }
    }

    private static Result oldHttp(GuardedCoordinator target) throws IOException {
        try (var connection = RawConnection.tls(target.address(), target.authority().fingerprint(), null, Channels.TLS,
                "http/1.1")) {
            connection.send("GET / HTTP/1.1\r\nHost: coordinator.ganger\r\n\r\n");
            var heard = new String(connection.readToTheEnd(), java.nio.charset.StandardCharsets.ISO_8859_1);
            return new Result.Otherwise(heard.startsWith("HTTP/") ? heard : NO_CONNECTION + ", or " + CLOSED);
        } catch (SSLException refused) {
            return new Result.Otherwise(NO_CONNECTION + ", or " + CLOSED);
        }
    }

    /** The first bytes of a ClientHello, one after the other: each would begin the patience anew if it were counted so. */
    private static Result drips(GuardedCoordinator target) throws IOException {
        var begun = System.nanoTime();
        try (var connection = RawConnection.tcp(target.address())) {
            for (var octet : new byte[]{22, 3, 1, 2, 0, 1, 0, 1, -4, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) {
                connection.send(octet);
                if (connection.isClosedWithin(1_000)) {
                    var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                    return new Result.Otherwise(
                            seconds >= 9 ? CLOSED_IN_TIME : "the connection is closed after %d s".formatted(seconds));
                }
            }
        } catch (IOException closed) {
            return new Result.Otherwise(CLOSED_IN_TIME);
        }
        return new Result.Otherwise("the connection stays");
    }

    private static Result garbage(GuardedCoordinator target, String text) throws IOException {
        try (var connection = RawConnection.tls(target.address(), target.authority().fingerprint(), null, Channels.TLS, "h2")) {
            connection.send(text);
            connection.readToTheEnd();
            return new Result.Otherwise(CLOSED);
        }
    }

    private static Result submit(GuardedCoordinator target, byte[] message, CallOptions options) {
        return Result.of(call(target.open(target.user("mallory", Role.SUBMITTER)),
                JobServiceGrpc.getSubmitMethod().getFullMethodName(), message, options));
    }

    /** A name that is very long. */
    private static Status joining(GuardedCoordinator target, CallOptions options) {
        var message = JoinRequest.newBuilder().setToken("x".repeat(1 << 20)).build().toByteArray();
        return call(target.stranger(), JoinServiceGrpc.getJoinMethod().getFullMethodName(), message, options);
    }

    private static Result largeHeaders(GuardedCoordinator target) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(64 * 1024));
        var channel = target.open(target.user("mallory", Role.SUBMITTER));
        var status = call(io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                JobServiceGrpc.getListJobsMethod().getFullMethodName(), new byte[0], CallOptions.DEFAULT);
        return new Result.Otherwise(status.isOk() ? "it is served" : "the call is refused");
    }

    private static Status call(Channel channel, String method, byte[] message, CallOptions options) {
        var descriptor = MethodDescriptor.newBuilder(BYTES, BYTES).setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method).build();
        try {
            ClientCalls.blockingUnaryCall(channel, descriptor, options.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    message);
            return Status.OK;
        } catch (io.grpc.StatusRuntimeException refused) {
            return refused.getStatus();
        }
    }
}
