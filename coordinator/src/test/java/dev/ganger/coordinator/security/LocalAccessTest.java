package dev.ganger.coordinator.security;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.model.Role;
import dev.ganger.model.Token;
import dev.ganger.trust.Context;
import dev.ganger.trust.Contexts;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the user who starts a coordinator finds in its configuration. */
final class LocalAccessTest {
    private static final List<String> ADDRESSES = List.of("localhost:7411", "queue.example:7411");

    @TempDir
    Path folder = Path.of("");
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Authority authority = SampleAuthority.fresh(time::get);
    private SqliteStore store;
    private CoreLoop loop;
    private Contexts contexts;
    private Protection.Tls tls;

    @BeforeEach
    void start() {
        store = SqliteStore.open(folder.resolve("data"));
        loop = new CoreLoop(Settings.DEFAULT, store, store, store, TimeSource.system(), failure::set);
        loop.start();
        contexts = Contexts.of(folder.resolve("config"));
        tls = tls(authority);
    }

    private Protection.Tls tls(Authority of) {
        return new Protection.Tls(of, Directory.of(loop), () -> Address.parse("queue.example:7411"),
                new WrongTokens(Duration.ZERO), time::get);
    }

    @AfterEach
    void end() {
        loop.close();
        store.close();
        assertThat(failure.get()).isNull();
    }

    private Context provide() throws IOException {
        return provide(tls, ADDRESSES);
    }

    private Context provide(Protection.Tls protection, List<String> addresses) throws IOException {
        new LocalAccess(loop, protection, contexts, "ann").provide(addresses);
        return Objects.requireNonNull(
                contexts.named("local-" + protection.authority().fingerprint().toString().substring(0, 8)));
    }

    private List<Identity> identities() {
        return loop.read(Views::identities).join();
    }

    private List<Token> tokens() {
        return loop.read(Views::tokens).join();
    }

    @Test
    void itIsTheAdminAndItsAgentsFindAToken() throws IOException {
        var context = provide();
        assertThat(contexts.find("127.0.0.1:7411")).hasToString(context.name());
        assertThat(context.addresses()).isEqualTo(ADDRESSES);
        var credentials = Objects.requireNonNull(context.folder().read());
        assertThat(credentials.name()).isEqualTo("ann");
        assertThat(credentials.authority()).isEqualTo(authority.certificate());
        assertThat(identities()).singleElement().isInstanceOfSatisfying(Identity.OfUser.class,
                user -> assertThat(user.role()).isEqualTo(Role.ADMIN));
        var token = TokenLine.parse(Objects.requireNonNull(context.agentToken()));
        assertThat(token.address()).isEqualTo("localhost:7411");
        assertThat(token.authority()).isEqualTo(authority.fingerprint());
        assertThat(tokens()).filteredOn(each -> each.id().equals(token.id())).singleElement().satisfies(each -> {
            assertThat(each.local()).isTrue();
            assertThat(each.uses()).isZero();
            assertThat(each.expiresAt()).isNull();
        });
    }

    @Test
    void eachStartKeepsWhatIsGood() throws IOException {
        var context = provide();
        var credentials = context.folder().read();
        var token = context.agentToken();
        provide();
        assertThat(context.folder().read()).isEqualTo(credentials);
        assertThat(context.agentToken()).isEqualTo(token);
        assertThat(identities()).hasSize(1);
        assertThat(tokens()).hasSize(2);
    }

    @Test
    void atAnotherPortTheTokenIsTheSame() throws IOException {
        var first = TokenLine.parse(Objects.requireNonNull(provide().agentToken()));
        var second = TokenLine.parse(Objects.requireNonNull(provide(tls, List.of("localhost:7000")).agentToken()));
        assertThat(second.address()).isEqualTo("localhost:7000");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.secret()).isEqualTo(first.secret());
        assertThat(contexts.find("localhost:7411")).isNull();
    }

    @Test
    void aCertificateIsRenewedInTheMiddleOfItsLifeForTheSameKey() throws IOException {
        var old = Objects.requireNonNull(provide().folder().read());
        time.set(Instant.now().plus(Duration.ofDays(200)));
        var renewed = Objects.requireNonNull(provide().folder().read());
        assertThat(renewed.expiresAt()).isAfter(old.expiresAt());
        assertThat(renewed.key()).isEqualTo(old.key());
        assertThat(identities()).hasSize(1);
    }

    @Test
    void whatIsDamagedOrNotKnownAnyMoreIsMadeAnew() throws IOException {
        var context = provide();
        Files.writeString(context.folder().path().resolve("identity.key"), "nonsense");
        Files.writeString(context.folder().path().resolve("agent-token"), "ganger-agent-nonsense");
        provide();
        assertKnown(context);
        var _ = loop.execute(new Command.RevokeToken(TokenLine.parse(Objects.requireNonNull(context.agentToken())).id())).join();
        Files.delete(context.folder().path().resolve("identity.crt"));
        provide();
        assertKnown(context);
    }

    private void assertKnown(Context context) throws IOException {
        var certificate = Objects.requireNonNull(context.folder().read()).certificate();
        assertThat(tls.directory().of(Objects.requireNonNull(Peer.shown(certificate)))).isNotNull();
        var token = TokenLine.parse(Objects.requireNonNull(context.agentToken())).id();
        assertThat(tokens()).filteredOn(each -> each.id().equals(token) && each.revokedAt() == null).hasSize(1);
    }

    @Test
    void anotherCoordinatorAtTheSameAddressTakesItFromTheOneThatWasThere() throws IOException {
        var first = provide(tls, List.of("localhost:7411", "queue.example:7411"));
        var login = contexts.create("login");
        login.setAddresses(List.of("localhost:7411"));
        var second = provide(tls(SampleAuthority.fresh(time::get)), List.of("127.0.0.1:7411"));
        assertThat(first.addresses()).containsExactly("queue.example:7411");
        assertThat(contexts.at("localhost:7411")).extracting(Context::name).containsExactlyInAnyOrder("login", second.name());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoEnd() throws IOException {
        Files.writeString(folder.resolve("config"), "a file");
        new LocalAccess(loop, tls, contexts, "ann").provide(ADDRESSES);
        assertThat(contexts.all()).isEmpty();
    }
}
