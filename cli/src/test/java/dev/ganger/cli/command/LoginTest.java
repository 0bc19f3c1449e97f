package dev.ganger.cli.command;

import dev.ganger.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** How a user becomes somebody at a coordinator, and what is kept of it. */
final class LoginTest {
    private final FakeCoordinator coordinator = FakeCoordinator.encrypted();
    private final Cli cli = new Cli();
    @TempDir
    Path home = Path.of("");
    private Path contexts = Path.of("");

    @BeforeEach
    void atHome() {
        cli.environment.put("HOME", home.toString());
        contexts = home.resolve(".config/ganger/contexts");
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    private String token(String name) {
        return coordinator.access.userToken(name, Role.SUBMITTER, coordinator.address());
    }

    private byte[] certificate(String context) throws IOException {
        return Files.readAllBytes(contexts.resolve(context).resolve("identity.crt"));
    }

    @Test
    void theFirstIsUsedFromNowOn() throws IOException {
        var outcome = cli.run("login", token("alice"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("you are alice, submitter, at " + coordinator.address()
                + ": context localhost, which is used from now on\n");
        assertThat(cli.run("submit", "true").out()).isEqualTo("1\n");
        assertThat(contexts.resolve("current")).hasContent("localhost");
        try (var files = Files.list(contexts.resolve("localhost"))) {
            assertThat(files).allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------")).map(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("authority.crt", "coordinator", "identity.crt", "identity.key");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(contexts.resolve("localhost"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aSecondCoordinatorIsNotUsedUnlessThatIsSaid() {
        cli.run("login", token("alice"));
        try (var other = FakeCoordinator.encrypted()) {
            var word = other.access.userToken("alice2", Role.VIEWER, other.address());
            var name = "localhost-" + other.access.authority.fingerprint().shortened();
            assertThat(cli.run("login", word).out())
                    .isEqualTo("you are alice2, viewer, at %s: context %s, which --context %2$s uses"
                            .formatted(other.address(), name)
                            + " once, and 'ganger context use %s' from now on\n".formatted(name));
            assertThat(cli.run("submit", "--context", name, "true").out()).isEqualTo("1\n");
            assertThat(other.jobs).hasSize(1);
            assertThat(coordinator.jobs).isEmpty();
            assertThat(cli.run("login", other.access.userToken("eve", Role.VIEWER, other.address()), "--name", "localhost").err())
                    .isEqualTo("ganger: the context 'localhost' is that of another coordinator; choose another --name,"
                            + " or 'ganger context remove localhost'\n");
            assertThat(Objects.requireNonNull(other.access.tokens.get("t2")).used()).isZero();
        }
    }

    @Test
    void aSecondLoginReplacesTheContextOnceItWorks() throws IOException {
        cli.run("login", token("alice"), "--name", "work");
        var before = certificate("work");
        var used = token("bob");
        coordinator.access.revoke("t2");
        assertThat(cli.run("login", used).code()).isEqualTo(5);
        assertThat(certificate("work")).isEqualTo(before);

        assertThat(cli.run("login", token("bob")).out()).startsWith("you are bob, submitter")
                .contains("context work, which is used");
        assertThat(certificate("work")).isNotEqualTo(before);
        assertThat(cli.run("submit", "true").code()).isZero();
        try (var left = Files.list(contexts)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("current", "work");
        }
    }

    @Test
    void whoeverRunsTheCoordinatorKeepsTheOwnContext() throws IOException {
        var own = Cli.known(coordinator, home, "local-1").contexts().create("local-1");
        own.folder().write("agent-token", "secret\n");

        assertThat(cli.run("login", token("alice")).out()).contains("context localhost, which --context");
        assertThat(contexts.resolve("local-1/agent-token")).exists();
    }

    @Test
    void anAnswerThatWasLostUsesNothingUp() {
        coordinator.access.breakingJoins = 1;
        var token = token("alice");

        assertThat(cli.run("login", token).code()).isEqualTo(4);
        assertThat(cli.run("login", token).out()).startsWith("you are alice");
        assertThat(Objects.requireNonNull(coordinator.access.tokens.get("t1")).used()).isEqualTo(1);
        assertThat(cli.run("login", token).err()).isEqualTo("ganger: the token t1 is used up; ask an admin for another\n");
    }

    @Test
    void whatWasGotBeforeTheConnectionBrokeIsGoneOnWith() {
        coordinator.access.breakingQuestions = 1;
        var token = token("alice");

        assertThat(cli.run("login", token).code()).isEqualTo(4);
        assertThat(cli.run("status").code()).as("it does not work yet, so it is not there").isEqualTo(4);
        assertThat(cli.run("login", token).out()).startsWith("you are alice");
        assertThat(Objects.requireNonNull(coordinator.access.tokens.get("t1")).used()).isEqualTo(1);
    }

    @Test
    void theTokenMayComeFromAFileOrAPipe() throws IOException {
        var file = Files.writeString(home.resolve("token"), "ganger login " + token("alice") + "\n");
        assertThat(cli.run("login", "@" + file).out()).startsWith("you are alice");
        assertThat(cli.stdin(token("bob") + "\n").run("login", "-").out()).startsWith("you are bob");
    }

    @Test
    void aTunnelLeadsThereToo() throws IOException {
        var word = coordinator.access.userToken("alice", Role.ADMIN, "queue-host:7411");
        var outcome = cli.run("login", word, "--coordinator", coordinator.address());

        assertThat(outcome.out()).isEqualTo("you are alice, admin, at " + coordinator.address()
                + ": context queue-host, which is used from now on\n");
        assertThat(contexts.resolve("queue-host/coordinator")).hasContent(coordinator.address() + "\nqueue-host:7411");
    }

    @Test
    void anotherCoordinatorThanTheTokensIsRefused() {
        try (var other = FakeCoordinator.encrypted()) {
            var word = other.access.userToken("alice", Role.ADMIN, coordinator.address());
            var outcome = cli.run("login", word);
            assertThat(outcome.code()).isEqualTo(5);
            assertThat(outcome.err()).startsWith("ganger: what answers at " + coordinator.address()
                    + " is not the coordinator that this token knows: another one, or somebody in between; check the address");
            assertThat(contexts).isEmptyDirectory();
        }
    }

    @Test
    void whatIsNoTokenForPeopleIsSaid() {
        assertUsage("this is no token: one begins with 'ganger-agent-' or 'ganger-user-'; 'ganger token create' makes one",
                "hello");
        assertUsage("this token is damaged: was all of it copied?", token("alice").replaceFirst(".$", ""));
        assertUsage("this token is for an agent: 'ganger agent run --join TOKEN' uses it", coordinator.access
                .create(new dev.ganger.model.Admission.OfAgent("", new TreeMap<>()), 1, Duration.ofHours(1), "localhost:1")
                .word());
        assertUsage("cannot read '/nowhere': no such file", "@/nowhere");
        assertUsage("a context's name has up to 100 letters, digits and '_', '.', '@', '-', does not begin with '.' or '-',"
                + " and is not 'current'; it cannot be '../up'", "--name", "../up", token("alice"));
        assertThat(cli.run("login", "--coordinator", "localhost:1", token("alice")).err())
                .isEqualTo("ganger: cannot reach the coordinator at localhost:1: connection refused;"
                        + " start one with 'ganger coordinator run'\n");
    }

    private void assertUsage(String sentence, String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of(words));
        all.addFirst("login");
        var outcome = cli.run(all.toArray(String[]::new));
        assertThat(outcome.err()).isEqualTo("ganger: " + sentence + "\n");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void forPrograms() {
        assertThat(cli.run("login", token("alice"), "-o", "json").out()).matches("\\{\"name\":\"localhost\",\"current\":true,"
                + "\"coordinator\":\"%s\",\"addresses\":\\[\"%1$s\"],\"user\":\"alice\",\"expiresAt\":\"20[^\"]+Z\",\"folder\":\"%s\","
                        .formatted(coordinator.address(), contexts.resolve("localhost"))
                + "\"role\":\"submitter\"}\n");
        assertThat(cli.run("login", token("bob"), "-o", "quiet").out()).isEqualTo("localhost\n");
    }
}
