package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.api.Attack.Result;
import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.security.FreshToken;
import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Trust;
import dev.ganger.wire.ToWire;
import io.grpc.Status.Code;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import static dev.ganger.coordinator.api.Attack.otherwise;
import static dev.ganger.coordinator.api.Attack.refused;
import static dev.ganger.coordinator.api.GuardedCoordinator.agentNamed;
import static dev.ganger.coordinator.api.GuardedCoordinator.anyAgent;
import static dev.ganger.coordinator.api.GuardedCoordinator.asAgent;
import static dev.ganger.coordinator.api.GuardedCoordinator.asUser;

/** Who has a token, or guesses one. */
final class TokenAttacks {
    private static final ByteString INSTANCE = ScriptedAgent.instance(41);
    private static final Admission VIEWER = new Admission.OfUser("mallory", Role.VIEWER);

    private TokenAttacks() {}

    static List<Attack> all() {
        return List.of(
                refused("a token that is used up, with another key", Code.UNAUTHENTICATED, "is used up", target -> {
                    var token = target.token(VIEWER, 1);
                    target.join(asUser(token, Keys.generate()));
                    return join(target, asUser(token, Keys.generate()));
                }),
                refused("an expired token", Code.UNAUTHENTICATED, "expired at", TokenAttacks::expired),
                refused("a revoked token", Code.UNAUTHENTICATED, "was revoked at", target -> {
                    var token = target.token(VIEWER, 1);
                    Statuses.reply(target.loop.execute(new Command.RevokeToken(token.id())));
                    return join(target, asUser(token, Keys.generate()));
                }),
                refused("a token for another agent's name", Code.PERMISSION_DENIED, "this token is for agent 'vm-1'",
                        target -> join(target, asAgent(target.token(agentNamed("vm-1"), 1), Keys.generate(), "sly", INSTANCE))),
                refused("an agent's token, to become a user", Code.UNAUTHENTICATED, "lets in agents, not users",
                        target -> join(target, asUser(target.token(anyAgent(), 1), Keys.generate()))),
                refused("a user's token, to become an agent", Code.UNAUTHENTICATED, "lets in a user, not an agent",
                        target -> join(target, asAgent(target.token(VIEWER, 1), Keys.generate(), "sly", INSTANCE))),
                refused("a token that exists, with a wrong secret", Code.UNAUTHENTICATED, "this token is not known here",
                        target -> join(target, asUser(target.token(VIEWER, 1), Keys.generate())
                                .setSecret(ByteString.copyFrom(new byte[32])))),
                refused("a token that does not exist", Code.UNAUTHENTICATED, "this token is not known here",
                        target -> join(target, asUser(new FreshToken(VIEWER), Keys.generate()))),
                otherwise("a token of another coordinator", "the joiner does not connect, so the secret does not leave it",
                        TokenAttacks::ofAnotherCoordinator),
                refused("the name of an agent that is there", Code.ALREADY_EXISTS, "another agent has the name 'there'",
                        TokenAttacks::takesAName),
                refused("the installation of an agent that is there, with another key", Code.ALREADY_EXISTS,
                        "is here as agent 'here' with another key", TokenAttacks::takesAnInstallation),
                refused("a user's id as an agent's installation", Code.ALREADY_EXISTS, "is that of a login",
                        TokenAttacks::takesALogin),
                refused("a key that is not on P-256", Code.INVALID_ARGUMENT, "a public key is on the curve P-256", target -> {
                    var generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec("secp384r1"));
                    return join(target, asUser(target.token(VIEWER, 1), generator.generateKeyPair()));
                }));
    }

    private static Result join(GuardedCoordinator target, JoinRequest.Builder request) {
        return Result.of(GuardedCoordinator.failure(() -> target.join(request)));
    }

    private static Result expired(GuardedCoordinator target) {
        var token = new FreshToken(VIEWER);
        var end = Instant.now().plusMillis(200);
        Statuses.reply(target.loop.execute(token.command(1, end, "test")));
        while (Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        return join(target, asUser(token, Keys.generate()));
    }

    private static Result ofAnotherCoordinator(GuardedCoordinator target) {
        var other = target.open(new Trust.Pinned(new Fingerprint(Bytes.wrap(new byte[32]))));
        var status = GuardedCoordinator.failure(() -> JoinServiceGrpc.newBlockingStub(other)
                .join(asUser(target.token(VIEWER, 1), Keys.generate()).build()));
        return status.getCode() == Code.UNAVAILABLE
                ? new Result.Otherwise("the joiner does not connect, so the secret does not leave it")
                : Result.of(status);
    }

    private static Result takesAName(GuardedCoordinator target) {
        var there = ScriptedAgent.instance(42);
        ScriptedAgent.attached(target.open(target.agent("there", there)), "there", there);
        return join(target, asAgent(target.token(anyAgent(), 1), Keys.generate(), "there", INSTANCE));
    }

    private static Result takesAnInstallation(GuardedCoordinator target) {
        var here = ScriptedAgent.instance(43);
        ScriptedAgent.attached(target.open(target.agent("here", here)), "here", here);
        return join(target, asAgent(target.token(anyAgent(), 1), Keys.generate(), "here", here));
    }

    private static Result takesALogin(GuardedCoordinator target) {
        var victim = Objects.requireNonNull(Certificates.id(target.user("victim", Role.ADMIN).certificate(), Certificates.USER));
        return join(target, asAgent(target.token(anyAgent(), 1), Keys.generate(), "sly", ToWire.uuid(victim)));
    }
}
