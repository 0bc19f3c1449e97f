package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.security.FreshToken;
import dev.ganger.coordinator.security.WrongTokens;
import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.WhoAmIRequest;
import dev.ganger.proto.v1.WhoAmIResponse;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Trust;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How strangers become somebody, and who does not. */
final class JoinApiTest extends GuardedCoordinator {
    private static final ByteString INSTANCE = ScriptedAgent.instance(1);

    private static WhoAmIResponse whoAmI(Channel channel) {
        return AccessServiceGrpc.newBlockingStub(channel).whoAmI(WhoAmIRequest.getDefaultInstance());
    }

    private Status refusal(JoinRequest.Builder request) {
        return failure(() -> join(request));
    }

    private void assertRefused(JoinRequest.Builder request, Code code, String sentence) {
        var status = refusal(request);
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).contains(sentence);
    }

    @Test
    void whoJoinsIsKnownByItsCertificate() {
        assertThat(whoAmI(channel)).isEqualTo(WhoAmIResponse.newBuilder().setName("root")
                .setRole(dev.ganger.proto.v1.Role.ROLE_ADMIN).build());
        assertThat(whoAmI(open(user("ann", Role.VIEWER)))).isEqualTo(WhoAmIResponse.newBuilder().setName("ann")
                .setRole(dev.ganger.proto.v1.Role.ROLE_VIEWER).build());
        assertThat(whoAmI(open(agent("vm-1", INSTANCE))))
                .isEqualTo(WhoAmIResponse.newBuilder().setName("vm-1").setAgent(true).build());
    }

    @Test
    void whoJoinsGetsTheAuthorityThatItPinnedAndACertificateForItsOwnKey() {
        var key = Keys.generate();
        var welcome = join(asAgent(token(anyAgent(), 1), key, "vm-1", INSTANCE));
        var credentials = credentials(welcome, key);
        assertThat(credentials.authority()).isEqualTo(authority().certificate());
        assertThat(credentials.certificate().getPublicKey()).isEqualTo(key.getPublic());
        assertThat(Certificates.isSignedBy(credentials.certificate(), authority().certificate())).isTrue();
        assertThat(welcome.getName()).isEqualTo("vm-1");
    }

    @Test
    void theSameJoinerMayAskAgainAndAnotherIsRefused() {
        var token = token(anyAgent(), 1);
        var key = Keys.generate();
        join(asAgent(token, key, "vm-1", INSTANCE));
        assertThat(join(asAgent(token, key, "vm-1", INSTANCE)).getName()).isEqualTo("vm-1");
        assertRefused(asAgent(token, Keys.generate(), "vm-2", ScriptedAgent.instance(2)), Code.UNAUTHENTICATED, "is used up");
        var ofUser = token(new Admission.OfUser("ann", Role.VIEWER), 1);
        join(asUser(ofUser, key));
        assertThat(join(asUser(ofUser, key)).getName()).isEqualTo("ann");
        assertRefused(asUser(ofUser, Keys.generate()), Code.UNAUTHENTICATED, "is used up");
    }

    @Test
    void aTokenThatIsNoneOrExpiredOrRevokedLetsNobodyIn() {
        var key = Keys.generate();
        assertRefused(asAgent(new FreshToken(anyAgent()), key, "vm-1", INSTANCE), Code.UNAUTHENTICATED,
                "this token is not known here");
        var wrongSecret = new FreshToken(token(anyAgent(), 1).id(), new FreshToken(anyAgent()).secret(), anyAgent());
        assertRefused(asAgent(wrongSecret, key, "vm-1", INSTANCE), Code.UNAUTHENTICATED, "this token is not known here");
        var brief = new FreshToken(anyAgent());
        var end = Instant.now().plusSeconds(3);
        Statuses.reply(loop.execute(brief.command(1, end, "test")));
        while (!Instant.now().isAfter(end)) {
            LockSupport.parkUntil(end.toEpochMilli() + 1);
        }
        assertRefused(asAgent(brief, key, "vm-1", INSTANCE), Code.UNAUTHENTICATED, "expired at");
        var revoked = token(anyAgent(), 1);
        Statuses.reply(loop.execute(new Command.RevokeToken(revoked.id())));
        assertRefused(asAgent(revoked, key, "vm-1", INSTANCE), Code.UNAUTHENTICATED, "was revoked at");
    }

    @Test
    void aTokenIsForWhatItIsForAndNothingElse() {
        var key = Keys.generate();
        assertRefused(asUser(token(anyAgent(), 1), key), Code.UNAUTHENTICATED, "lets in agents, not users");
        assertRefused(asAgent(token(new Admission.OfUser("ann", Role.ADMIN), 1), key, "vm-1", INSTANCE), Code.UNAUTHENTICATED,
                "lets in a user, not an agent");
        assertRefused(asAgent(token(agentNamed("vm-1"), 1), key, "vm-2", INSTANCE), Code.PERMISSION_DENIED,
                "this token is for agent 'vm-1', not for 'vm-2'");
    }

    @Test
    void anInstallationThatWasRemovedDoesNotComeBackWithAnyToken() {
        agent("vm-1", INSTANCE);
        Statuses.reply(loop.execute(new Command.RemoveAgent("vm-1", "sold")));
        assertRefused(asAgent(token(anyAgent(), 1), Keys.generate(), "vm-1", INSTANCE), Code.PERMISSION_DENIED, "was removed");
    }

    @Test
    void whatIsNoRequestIsRefusedInASentence() throws Exception {
        var token = token(anyAgent(), 1);
        var key = Keys.generate();
        assertRefused(asAgent(token, key, "vm-1", ByteString.copyFromUtf8("short")), Code.INVALID_ARGUMENT, "16");
        assertRefused(asAgent(token, key, "", INSTANCE), Code.INVALID_ARGUMENT, "an agent has a name");
        assertRefused(asAgent(token, key, "vm-1", INSTANCE).clearJoiner(), Code.INVALID_ARGUMENT, "an agent or a user");
        assertRefused(asUser(token, key).setPublicKey(ByteString.copyFromUtf8("key")), Code.INVALID_ARGUMENT,
                "this is no public key");
        var otherCurve = KeyPairGenerator.getInstance("EC");
        otherCurve.initialize(new ECGenParameterSpec("secp384r1"));
        assertRefused(asUser(token, otherCurve.generateKeyPair()), Code.INVALID_ARGUMENT, "on the curve P-256");
        assertRefused(asUser(token, key).setSecret(ByteString.copyFromUtf8("secret")), Code.UNAUTHENTICATED, "32 bytes, not 6");
    }

    @Test
    void whoShowsManyWrongTokensIsHeldUpAndOneWhoComesOftenIsNotLookedAt() throws Exception {
        var wrong = asUser(new FreshToken(anyAgent()), Keys.generate()).build();
        var stub = JoinServiceGrpc.newBlockingStub(stranger());
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = System.nanoTime();
            List<Callable<Status>> calls = Stream.generate(() -> (Callable<Status>) () -> failure(() -> stub.join(wrong)))
                    .limit(4L * (WrongTokens.PLACES + WrongTokens.LINE)).toList();
            var codes = many.invokeAll(calls).stream().map(Future::resultNow).map(Status::getCode).toList();
            assertThat(codes).contains(Code.RESOURCE_EXHAUSTED).contains(Code.UNAUTHENTICATED);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isGreaterThan(DELAY.multipliedBy(WrongTokens.LINE / WrongTokens.PLACES));
        }
        assertThat(user("ann", Role.VIEWER).name()).isEqualTo("ann");
    }

    @Test
    void aJoinerTrustsNobodyButTheAuthorityOfItsToken() {
        var other = new dev.ganger.trust.Fingerprint(dev.ganger.model.Bytes.wrap(new byte[32]));
        var token = token(anyAgent(), 1);
        var status = failure(() -> JoinServiceGrpc.newBlockingStub(open(new Trust.Pinned(other)))
                .join(asAgent(token, Keys.generate(), "vm-1", INSTANCE).build()));
        assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
        assertThat(join(asAgent(token, Keys.generate(), "vm-1", INSTANCE)).getName()).isEqualTo("vm-1");
    }
}
