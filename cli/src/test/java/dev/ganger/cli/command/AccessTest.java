package dev.ganger.cli.command;

import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import dev.ganger.trust.TokenLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tokens and users, asked by an admin over TLS. */
final class AccessTest {
    private final FakeCoordinator coordinator = FakeCoordinator.encrypted();
    private Cli cli = new Cli();
    @TempDir
    Path home = Path.of("");

    @BeforeEach
    void asAdmin() throws IOException {
        cli = Cli.known(coordinator, home, "admin");
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void aTokenIsForOneUseAtLeast() {
        var outcome = cli.run("token", "create", "agent", "--uses", "0");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("a token is for 1 to 10000 uses, not 0");
    }

    @Test
    void aTokenForAgentsIsALineToPaste() {
        var outcome = cli.run("token", "create", "agent");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).matches("ganger agent run --join ganger-agent-[A-Za-z0-9_-]+\n");
        assertThat(outcome.err()).matches(
                "ganger: token t1 lets in any agent; once, until 20\\S+Z; whoever reads it can use it\n");
        var line = TokenLine.parse(outcome.out().strip().replaceFirst(".* ", ""));
        assertThat(line.authority()).isEqualTo(coordinator.access.authority.fingerprint());
        assertThat(token("t1").uses()).isEqualTo(1);
        assertThat(Duration.between(token("t1").createdAt(), token("t1").expiresAt())).isBetween(Duration.ofMinutes(59),
                Duration.ofMinutes(61));
    }

    private dev.ganger.model.Token token(String id) {
        return Objects.requireNonNull(coordinator.access.tokens.get(id));
    }

    @Test
    void aTokenForAgentsMayBeBound() {
        var outcome = cli.run("token", "create", "agent", "--name", "web-7", "--uses", "10", "--expires", "2d", "--label",
                "zone=a", "--label", "disk=ssd");

        assertThat(outcome.err()).startsWith(
                "ganger: token t1 lets in an agent named web-7, labelled disk=ssd zone=a; 10 times, until ");
        assertThat(token("t1").admission())
                .isEqualTo(new Admission.OfAgent("web-7", new TreeMap<>(java.util.Map.of("zone", "a", "disk", "ssd"))));
        assertThat(token("t1").uses()).isEqualTo(10);
        assertThat(Duration.between(token("t1").createdAt(), token("t1").expiresAt())).isGreaterThan(Duration.ofHours(47));
    }

    @Test
    void aTokenForAUserIsALineToPasteToo() {
        var outcome = cli.run("token", "create", "user", "alice", "--role", "submitter");

        assertThat(outcome.out()).matches("ganger login ganger-user-[A-Za-z0-9_-]+\n");
        assertThat(outcome.err()).startsWith("ganger: token t1 lets in alice, as submitter; once, until ");
        assertThat(token("t1").admission()).isEqualTo(new Admission.OfUser("alice", Role.SUBMITTER));
    }

    @Test
    void programsGetTheTokenAloneOrAllOfIt() {
        assertThat(cli.run("token", "create", "agent", "-o", "quiet").out()).matches("ganger-agent-[A-Za-z0-9_-]+\n");
        assertThat(cli.run("token", "create", "agent", "-o", "quiet").err()).isEmpty();
        assertThat(cli.run("token", "create", "user", "bob", "--role", "viewer", "-o", "json").out())
                .matches(
                        "\\{\"id\":\"t3\",\"for\":\"user\",\"name\":\"bob\",\"role\":\"viewer\",\"labels\":\\{},\"uses\":1,\"used\":0,"
                                + "\"state\":\"open\",\"local\":false,\"expiresAt\":\"20[^\"]+Z\",\"createdAt\":\"20[^\"]+Z\","
                                + "\"createdBy\":\"admin\",\"revokedAt\":null,\"token\":\"ganger-user-[^\"]+\"}\n");
    }

    @Test
    void tokensAreListedWithWhatBecameOfThem() {
        cli.run("token", "create", "agent", "--label", "zone=a");
        cli.run("token", "create", "user", "alice", "--role", "admin");
        coordinator.access.create(new Admission.OfUser("late", Role.VIEWER), 1, Duration.ofHours(-1), "localhost:1");
        coordinator.access.use("t2", dev.ganger.model.Bytes.utf8("a key"));
        assertThat(cli.run("token", "revoke", "t1").out()).isEqualTo("token t1: revoked; who has joined with it stays\n");

        assertThat(cli.run("token", "list").lines()).extracting(line -> line.replaceAll("20\\S+Z", "TIME").replaceAll(" +", " "))
                .containsExactly("ID FOR NAME ROLE USES USED STATE EXPIRES FROM BY",
                        "t1 agent - - 1 0 revoked TIME anywhere admin",
                        "t2 user alice admin 1 1 used-up TIME anywhere admin",
                        "t3 user late viewer 1 0 expired TIME anywhere admin");
        assertThat(cli.run("token", "list", "-o", "quiet").out()).isEqualTo("t1\nt2\nt3\n");
        assertThat(cli.run("token", "list", "-o", "json").lines().getFirst())
                .contains("\"labels\":{\"zone\":\"a\"}", "\"state\":\"revoked\"", "\"revokedAt\":\"20")
                .doesNotContain("ganger-agent-");
    }

    @Test
    void aTokenIsRevokedByItsIdOrByItself() {
        cli.run("token", "create", "agent");
        var whole = cli.run("token", "create", "agent", "-o", "quiet").out().strip();

        assertThat(cli.run("token", "revoke", "t1", whole, "-o", "quiet").out()).isEqualTo("t1\nt2\n");
        var unknown = cli.run("token", "revoke", "nobody");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).isEqualTo("ganger: no such token: nobody\n");
    }

    @Test
    void usersAreListedAndRemoved() {
        coordinator.access.use(cli.run("token", "create", "user", "alice", "--role", "viewer", "-o", "json").out()
                .replaceAll("\\{\"id\":\"(\\w+)\".*\n", "$1"), dev.ganger.model.Bytes.utf8("a key"));

        assertThat(cli.run("users").lines()).hasSize(2).first().asString().startsWith("NAME   ROLE    JOINED");
        assertThat(cli.run("users").lines().getLast()).startsWith("alice  viewer  20").contains("  t1     ");
        assertThat(cli.run("users", "-o", "json").out()).matches("\\{\"name\":\"alice\",\"role\":\"viewer\","
                + "\"identity\":\"[0-9a-f-]{36}\",\"joinedAt\":\"20[^\"]+Z\",\"token\":\"t1\"}\n");
        assertThat(cli.run("user", "remove", "alice").out()).isEqualTo("user alice: removed; 1 login ended\n");
        assertThat(cli.run("users", "-o", "quiet").out()).isEmpty();
        var again = cli.run("user", "remove", "alice");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).isEqualTo("ganger: no such user: alice\n");
    }

    @Test
    void mistakesAreSentences() {
        assertMistake("missing required option: '--role=admin|submitter|viewer'; see 'ganger token create user --help'",
                "token", "create", "user", "alice");
        assertMistake("invalid value for option '--role': expected admin, submitter or viewer, not 'root';"
                + " see 'ganger token create user --help'", "token", "create", "user", "alice", "--role", "root");
        assertMistake("'token create user' needs NAME; see 'ganger token create user --help'", "token", "create", "user",
                "--role", "admin");
        assertMistake("the label 'a' is there twice", "token", "create", "agent", "--label", "a=1", "--label", "a=2");
        assertMistake("'token revoke' needs TOKEN; see 'ganger token revoke --help'", "token", "revoke");
        assertMistake("no such verb: 'token create robot'; see 'ganger token create --help'", "token", "create", "robot");
        assertThat(coordinator.access.tokens).isEmpty();
    }

    private void assertMistake(String sentence, String... words) {
        var outcome = cli.run(words);
        assertThat(outcome.err()).isEqualTo("ganger: " + sentence + "\n");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void familiesOfVerbsTellWhatTheyAre() {
        assertThat(cli.run("token").out()).startsWith("A token lets an agent or a user join")
                .contains("ganger token create user NAME", "ganger token revoke TOKEN");
        assertThat(cli.run("token", "create").out()).contains("ganger token create agent").doesNotContain("ganger token list");
        assertThat(cli.run("help", "token", "create", "user").out())
                .isEqualTo(cli.run("token", "create", "user", "--help").out())
                .startsWith("Usage: ganger token create user --role admin|submitter|viewer");
        assertThat(cli.run("help", "user").out()).isEqualTo(cli.run("user").out()).contains("'ganger users' lists them");
    }
}
