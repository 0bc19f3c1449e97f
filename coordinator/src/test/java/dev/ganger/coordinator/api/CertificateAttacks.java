package dev.ganger.coordinator.api;

import dev.ganger.coordinator.api.Attack.Result;
import dev.ganger.coordinator.security.Authority;
import dev.ganger.coordinator.security.AuthorityFolder;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.CloseRequest;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.RemoveAgentRequest;
import dev.ganger.proto.v1.RemoveUserRequest;
import dev.ganger.proto.v1.RenewRequest;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import dev.ganger.proto.v1.TakeStart;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static dev.ganger.coordinator.api.Attack.otherwise;
import static dev.ganger.coordinator.api.Attack.refused;

/** Who has no certificate, another's, or one that does not count any more. */
final class CertificateAttacks {
    private static final long PATIENCE_SECONDS = 30;
    private static final String NO_CONNECTION = "the handshake fails";
    private static final String NOT_TRUSTED = "the client does not connect";

    private CertificateAttacks() {}

    static List<Attack> all() {
        return Stream.concat(notGood().stream(), forSomethingElse().stream()).toList();
    }

    private static List<Attack> notGood() {
        return List.of(
                refused("no certificate", Code.UNAUTHENTICATED, "this connection shows no certificate",
                        target -> status(target.stranger())),
                otherwise("a certificate of another authority", NO_CONNECTION, CertificateAttacks::ofAnotherAuthority),
                refused("an agent's certificate that has expired", Code.UNAUTHENTICATED,
                        "renew it, for which it is good until",
                        target -> expired(target, GuardedCoordinator.LIFE.plusSeconds(1))),
                refused("renewal of one that expired more than 30 days ago", Code.UNAUTHENTICATED,
                        "that is too long ago to renew it", CertificateAttacks::renewedTooLate),
                refused("a call that is open when its user is removed", Code.PERMISSION_DENIED, "was removed",
                        CertificateAttacks::removedUser),
                refused("the certificate of a user who was removed", Code.PERMISSION_DENIED, "is not known here any more",
                        target -> {
                            var mallory = target.user("mallory", Role.SUBMITTER);
                            removeMallory(target);
                            return status(target.open(mallory));
                        }),
                refused("the stream of an agent that is removed", Code.PERMISSION_DENIED, "may not come back",
                        target -> removedAgent(target, 21, false)),
                refused("the certificate of an agent that was removed", Code.PERMISSION_DENIED, "is not known here any more",
                        target -> removedAgent(target, 22, true)),
                refused("a certificate of a key that was replaced", Code.PERMISSION_DENIED, "joined anew with another key",
                        target -> {
                            var old = target.agent("twice", ScriptedAgent.instance(23));
                            target.agent("twice", ScriptedAgent.instance(23));
                            return Result.of(new ScriptedAgent(target.open(old)).end());
                        }));
    }

    /** Certificates that are good, for something else. */
    private static List<Attack> forSomethingElse() {
        return List.of(
                refused("a role that is too small", Code.PERMISSION_DENIED, "'close' is for admins", target -> {
                    var viewer = target.open(target.user("mallory", Role.VIEWER));
                    return Result.of(GuardedCoordinator.failure(
                            () -> ControlServiceGrpc.newBlockingStub(viewer).close(CloseRequest.getDefaultInstance())));
                }),
                refused("a user's certificate as an agent's", Code.PERMISSION_DENIED, "'attach' is for agents",
                        target -> Result.of(new ScriptedAgent(target.open(target.user("mallory", Role.ADMIN))).end())),
                refused("an agent's certificate as a user's", Code.PERMISSION_DENIED, "'status' is for users",
                        target -> status(target.open(target.agent("sly", ScriptedAgent.instance(24))))),
                otherwise("an agent's certificate as the coordinator's", NOT_TRUSTED,
                        target -> posing(target, target.agent("sly", ScriptedAgent.instance(25)))),
                otherwise("a coordinator with another authority", NOT_TRUSTED,
                        target -> posing(target, credentials(anotherAuthority()))));
    }

    private static Result status(Channel channel) {
        return Result.of(GuardedCoordinator.failure(() -> ControlServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS).getStatus(GetStatusRequest.getDefaultInstance())));
    }

    // ---- other authorities

    private static Authority anotherAuthority() throws IOException {
        return new AuthorityFolder(Files.createTempDirectory("another").resolve("security")).open(GuardedCoordinator.LIFE,
                InstantSource.system());
    }

    private static Credentials credentials(Authority authority) {
        var key = Keys.generate();
        return new Credentials(authority.certificate(), authority.user("mallory", UUID.randomUUID(), key.getPublic()),
                key.getPrivate());
    }

    private static Result ofAnotherAuthority(GuardedCoordinator target) throws IOException {
        try (var connection = RawConnection.tls(target.address(), target.authority().fingerprint(),
                credentials(anotherAuthority()), Channels.TLS, "h2")) {
            // With TLS 1.3 a client hears only after its part of the handshake that it failed.
            connection.preface();
            return new Result.Otherwise(connection.readToTheEnd().length == 0 ? NO_CONNECTION : "it is let in");
        } catch (IOException refused) {
            return new Result.Otherwise(NO_CONNECTION);
        }
    }

    /** Somebody stands where the coordinator should be, and shows this. */
    private static Result posing(GuardedCoordinator target, Credentials shown) throws IOException {
        var context = GrpcSslContexts
                .configure(SslContextBuilder.forServer(shown.key(), shown.certificate(), shown.authority()))
                .protocols(Channels.TLS)
                .build();
        var server = NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0)).sslContext(context).build().start();
        var channel = Channels.open(new Address("localhost", server.getPort()),
                new Trust.Pinned(target.authority().fingerprint()));
        try {
            var status = GuardedCoordinator.failure(() -> ControlServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS).getStatus(GetStatusRequest.getDefaultInstance()));
            return status.getCode() == Code.UNAVAILABLE ? new Result.Otherwise(NOT_TRUSTED) : Result.of(status);
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    // ---- expired

    private static Result expired(GuardedCoordinator target, Duration age) {
        var credentials = target.agent("old", ScriptedAgent.instance(20));
        target.pass(age);
        try {
            return Result.of(new ScriptedAgent(target.open(credentials)).end());
        } finally {
            target.pass(age.negated());
        }
    }

    private static Result renewedTooLate(GuardedCoordinator target) {
        var age = GuardedCoordinator.LIFE.plusDays(30).plusSeconds(1);
        var credentials = target.agent("older", ScriptedAgent.instance(26));
        target.pass(age);
        try {
            var channel = target.open(credentials);
            return Result.of(GuardedCoordinator
                    .failure(() -> JoinServiceGrpc.newBlockingStub(channel).renew(RenewRequest.getDefaultInstance())));
        } finally {
            target.pass(age.negated());
        }
    }

    // ---- removed

    private static Result removedUser(GuardedCoordinator target) {
        var channel = target.open(target.user("mallory", Role.SUBMITTER));
        var over = new CompletableFuture<Status>();
        var waiting = ResultServiceGrpc.newStub(channel).takeResult(new StreamObserver<TakeResultResponse>() {
            @Override
            public void onNext(TakeResultResponse response) {}

            @Override
            public void onError(Throwable failure) {
                over.complete(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                over.complete(Status.OK);
            }
        });
        waiting.onNext(TakeResultRequest.newBuilder().setStart(TakeStart.newBuilder().setConsumer("mallory")).build());
        // Another call on the same connection is served: so this one has arrived.
        var _ = ControlServiceGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
        removeMallory(target);
        return Result.of(over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    private static void removeMallory(GuardedCoordinator target) {
        var _ = AccessServiceGrpc.newBlockingStub(target.channel)
                .removeUser(RemoveUserRequest.newBuilder().setName("mallory").build());
    }

    private static Result removedAgent(GuardedCoordinator target, int instance, boolean comesBack) {
        var credentials = target.agent("sold", ScriptedAgent.instance(instance));
        var agent = ScriptedAgent.attached(target.open(credentials), "sold", ScriptedAgent.instance(instance));
        var _ = ControlServiceGrpc.newBlockingStub(target.channel)
                .removeAgent(RemoveAgentRequest.newBuilder().setName("sold").build());
        var end = agent.end();
        return Result.of(comesBack ? new ScriptedAgent(target.open(credentials)).end() : end);
    }
}
