package dev.ganger.agent;

import dev.ganger.model.AgentId;
import dev.ganger.trust.Contexts;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.TestAuthority;
import dev.ganger.trust.TokenLine;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** How an agent becomes one of its coordinator's, over TLS. */
final class EntranceTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path folder = Path.of("");
    private final TestAuthority authority = new TestAuthority();
    private FakeGate gate;
    private CredentialFolder kept;

    @BeforeEach
    void serve() throws IOException {
        gate = new FakeGate(authority);
        kept = new CredentialFolder(folder.resolve("identity"));
    }

    @AfterEach
    void end() {
        gate.close();
    }

    private Admission pass(Address coordinator, @Nullable TokenLine token, String name) throws IOException, InterruptedException {
        var settings = new AgentSettings(coordinator, token, false, name, 1, new TreeMap<>(), folder, 1 << 20, null);
        return new Entrance(settings, new AgentId(name, FakeGate.INSTANCE, 1), kept, Contexts.of(folder)).pass();
    }

    private Admission pass(@Nullable TokenLine token) throws IOException, InterruptedException {
        return pass(gate.address(), token, "vm-1");
    }

    private static Credentials granted(Admission admission) {
        assertThat(admission).isInstanceOfSatisfying(Admission.Granted.class,
                granted -> assertThat(granted.trust()).isInstanceOf(Trust.Mutual.class));
        return ((Trust.Mutual) ((Admission.Granted) admission).trust()).key().credentials();
    }

    private static String refused(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).refusal().why();
    }

    @Test
    void whoHasATokenJoinsOnceAndIsKnownFromThenOn() throws Exception {
        var joined = granted(pass(gate.token("")));
        assertThat(joined.name()).isEqualTo("vm-1");
        assertThat(Fingerprint.of(joined.authority())).isEqualTo(Fingerprint.of(authority.certificate()));
        assertThat(granted(pass(null)).certificate()).as("without a token").isEqualTo(joined.certificate());
        assertThat(granted(pass(gate.token(""))).certificate()).as("with the same token").isEqualTo(joined.certificate());
        assertThat(gate.joins).hasSize(1);
        assertThat(Entrance.joinedAt(kept)).isEqualTo(gate.address());
    }

    @Test
    void theKeyIsItsOwnersOnly() throws Exception {
        var key = granted(pass(gate.token(""))).key().getEncoded();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.path()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.path().resolve("identity.key"))))
                .isEqualTo("rw-------");
        assertThat(kept.path()).isDirectoryNotContaining("glob:**.new").isDirectoryNotContaining("glob:**/joining.key");
        assertThat(gate.joins).allSatisfy(join -> assertThat(HexFormat.of().formatHex(join.toByteArray()))
                .doesNotContain(HexFormat.of().formatHex(key)));
    }

    @Test
    void whoDidNotHearTheAnswerAsksAgainAsTheSameJoiner() throws Exception {
        gate.refusal = Status.PERMISSION_DENIED.withDescription("not now");
        assertThat(refused(pass(gate.token("")))).isEqualTo("not now");
        gate.refusal = null;
        granted(pass(gate.token("")));
        assertThat(gate.joins).hasSize(2);
        assertThat(gate.joins.getFirst().getPublicKey()).isEqualTo(gate.joins.getLast().getPublicKey());
    }

    @Test
    void aTokenOfAnotherCoordinatorIsNotShownToThisOne() throws Exception {
        var foreign = new TokenLine(TokenLine.Kind.AGENT, gate.address().toString(),
                Fingerprint.of(new TestAuthority().certificate()), "t1", gate.token("").secret(), "");
        assertThat(refused(pass(foreign))).contains("another authority");
        assertThat(gate.joins).isEmpty();
    }

    @Test
    void whoHasNothingIsToldWhatToDo() throws Exception {
        assertThat(refused(pass(new Address("192.0.2.1", 7411), null, "vm-1"))).contains("192.0.2.1:7411",
                "ganger token create agent",
                "--join");
    }

    @Test
    void theCoordinatorOfTheSameUserLetsItsAgentsIn() throws Exception {
        var context = Contexts.of(folder).create("local-1");
        context.setAddresses(List.of("127.0.0.1:" + gate.address().port()));
        context.setAgentToken(gate.token(""));
        assertThat(granted(pass(null)).name()).isEqualTo("vm-1");
    }

    @Test
    void anAgentWaitsForTheCoordinatorOfItsUser() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return pass(null);
            } catch (IOException | InterruptedException failure) {
                throw new AssertionError(failure);
            }
        });
        theCoordinatorOfTheSameUserLetsItsAgentsIn();
        assertThat(granted(waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).name()).isEqualTo("vm-1");
    }

    @Test
    void aCoordinatorThatWasSetUpAnewTakesItsUsersAgentsAgain() throws Exception {
        kept.write(new TestAuthority().agent("vm-1", FakeGate.INSTANCE, Duration.ofDays(7)));
        theCoordinatorOfTheSameUserLetsItsAgentsIn();
        assertThat(gate.joins).hasSize(1);
    }

    @Test
    void anotherNameTakesAnotherToken() throws Exception {
        granted(pass(gate.token("")));
        assertThat(refused(pass(gate.address(), null, "vm-2"))).contains("'vm-1'", "'vm-2'", "--join");
        assertThat(granted(pass(gate.address(), gate.token(""), "vm-2")).name()).isEqualTo("vm-2");
    }

    @Test
    void aCertificateThatHasExpiredIsRenewedFirst() throws Exception {
        gate.life = Duration.ofMinutes(30);
        granted(pass(gate.token("")));
        gate.life = Duration.ofDays(7);
        assertThat(granted(pass(null)).expiresAt()).isInTheFuture();
        assertThat(gate.renewed.availablePermits()).isOne();
        granted(pass(null));
        assertThat(gate.renewed.availablePermits()).as("what was renewed was kept").isOne();
    }

    @Test
    void withATokenThatLastsATooOldCertificateDoesNotMatter() throws Exception {
        kept.write(authority.agent("vm-1", FakeGate.INSTANCE, Duration.ofHours(1).minus(Credentials.RENEWABLE)));
        granted(pass(gate.token("")));
        assertThat(gate.joins).hasSize(1);
    }
}
