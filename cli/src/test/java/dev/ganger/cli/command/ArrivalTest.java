package dev.ganger.cli.command;

import dev.ganger.cli.view.Terminal;
import dev.ganger.trust.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** How a call finds its coordinator, and is known there: over TLS. */
final class ArrivalTest {
    private final FakeCoordinator coordinator = FakeCoordinator.encrypted();
    private final Cli cli = new Cli();
    @TempDir
    Path home = Path.of("");
    private Contexts contexts = Contexts.of(home);
    private Path folder = home;

    @BeforeEach
    void atHome() {
        cli.environment.put("HOME", home.toString());
        contexts = Contexts.of(home.resolve(".config/ganger"));
        folder = home.resolve(".config/ganger/contexts");
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    private void context(String name, String... addresses) throws IOException {
        context(name, Duration.ofDays(365), addresses);
    }

    private void context(String name, Duration life, String... addresses) throws IOException {
        var context = contexts.create(name);
        context.folder().write(coordinator.access.authority.user(name, life));
        context.setAddresses(List.of(addresses));
    }

    private void assertMistake(int code, String sentence, String... words) {
        var outcome = cli.run(words);
        assertThat(outcome.err()).isEqualTo("ganger: " + sentence + "\n");
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
    }

    /** Where the context in effect comes from, as 'config' shows it. */
    private String shown(String key, String... flags) {
        var words = Stream.concat(Stream.of("config"), Stream.of(flags));
        return cli.run(words.toArray(String[]::new)).lines().stream().filter(line -> line.startsWith(key + " ")).findFirst()
                .orElseThrow().replaceAll(" +", " ");
    }

    private void file(String... lines) throws IOException {
        cli.environment.remove("GANGER_CONFIG");
        Files.writeString(Files.createDirectories(home.resolve(".config/ganger")).resolve("client.yaml"),
                String.join("\n", lines));
    }

    @Test
    void theOnlyOneThereIs() throws IOException {
        context("alice", coordinator.address());

        assertThat(cli.run("submit", "true").out()).isEqualTo("1\n");
        assertThat(shown("context")).isEqualTo("context alice file " + folder.resolve("alice"));
        assertThat(shown("coordinator")).isEqualTo(
                "coordinator " + coordinator.address() + " file " + folder.resolve("alice/coordinator"));
    }

    @Test
    void ofSeveralTheCurrentOneElseThatOfThisMachine() throws IOException {
        context("first", "queue-host:7411");
        context("second", coordinator.address());
        context("third", "127.0.0.1:7411");

        assertThat(shown("context")).isEqualTo("context third file " + folder.resolve("third"));
        assertThat(cli.run("context", "use", "second").out())
                .isEqualTo("context second: used from now on, unless a call says otherwise\n");
        assertThat(shown("context")).isEqualTo("context second file " + folder.resolve("current"));
        assertThat(cli.run("status").code()).isZero();
    }

    @Test
    void anAddressGoesWithTheContextThatListsIt() throws IOException {
        context("first", "queue-host:7411");
        context("second", "tunnel:1", coordinator.address().replace("localhost", "127.0.0.1"));

        assertThat(cli.run("status", "--coordinator", coordinator.address()).code()).isZero();
        cli.environment.put("GANGER_COORDINATOR", coordinator.address());
        assertThat(shown("context")).isEqualTo("context second file " + folder.resolve("second"));
        assertMistake(5,
                "no identity for elsewhere.invalid:7411; get a token from its admin ('ganger token create user NAME') and"
                        + " 'ganger login TOKEN', or choose one of your contexts with --context: first at queue-host:7411, second at tunnel:1",
                "status", "--coordinator",
                "elsewhere.invalid");
    }

    @Test
    void whatIsNearerCounts() throws IOException {
        context("first", "queue-host:7411");
        context("second", "other-host:7411");
        file("context: first");
        assertThat(shown("coordinator")).startsWith("coordinator queue-host:7411 file");
        assertThat(shown("coordinator", "--coordinator", "other-host"))
                .isEqualTo("coordinator other-host:7411 flag --coordinator");
        assertThat(shown("context", "--coordinator", "other-host")).startsWith("context second file");
        cli.environment.put("GANGER_COORDINATOR", "tunnel:1");
        assertThat(shown("context")).as("nobody lists it").isEqualTo("context first file " + home.resolve(
                ".config/ganger/client.yaml:1"));
        cli.environment.put("GANGER_CONTEXT", "second");
        assertThat(shown("coordinator")).as("equally near").isEqualTo("coordinator tunnel:1 variable GANGER_COORDINATOR");
        assertThat(shown("context")).isEqualTo("context second variable GANGER_CONTEXT");
        assertThat(shown("coordinator", "--context", "first")).startsWith("coordinator queue-host:7411 file");
        assertThat(shown("context", "--context", "first")).isEqualTo("context first flag --context");
    }

    @Test
    void aTunnelHasTheIdentityThatIsNamed() throws IOException {
        context("alice", "queue-host:7411");
        context("bob", "other-host:7411");

        assertThat(cli.run("status", "--context", "alice", "--coordinator", coordinator.address()).code()).isZero();
    }

    @Test
    void aFolderAnywhereIsAContext() throws IOException {
        context("alice", coordinator.address());
        var elsewhere = Files.move(folder.resolve("alice"), home.resolve("alice"));

        assertThat(cli.run("status", "--context", elsewhere.toString()).code()).isZero();
        cli.environment.put("GANGER_CONTEXT", elsewhere.toString());
        assertThat(cli.run("status").code()).isZero();
        assertMistake(3, "there is no context '/no/where'; 'ganger context list' shows those there are", "status", "--context",
                "/no/where");
        assertMistake(3, "there is no context 'alice'; 'ganger context list' shows those there are", "status", "--context",
                "alice");
    }

    @Test
    void withoutAnIdentityItSaysHowToGetOne() {
        assertMistake(5,
                "no identity for queue-host.invalid:7411; get a token from its admin ('ganger token create user NAME') and"
                        + " 'ganger login TOKEN'",
                "status", "--coordinator", "queue-host.invalid");
        assertMistake(5,
                "no identity for " + coordinator.address() + ": if a coordinator is there, another user started it; get a"
                        + " token from its admin ('ganger token create user NAME') and 'ganger login TOKEN'",
                "status", "--coordinator",
                coordinator.address());
        assertMistake(4,
                "cannot reach the coordinator at localhost:1: connection refused; start one with 'ganger coordinator run',"
                        + " or go to one elsewhere with 'ganger login TOKEN'",
                "status", "--coordinator", "localhost:1");
    }

    @Test
    void plainTextIsForThisMachineAndSaysSo() throws IOException {
        try (var plain = new FakeCoordinator()) {
            assertMistake(5,
                    "the coordinator at " + plain.address() + " speaks plain text, as with --insecure; give --insecure too,"
                            + " or start it without",
                    "status", "--coordinator", plain.address());
            assertThat(cli.run("status", "--coordinator", plain.address(), "--insecure").code()).isZero();
            context("alice", plain.address());
            assertMistake(4,
                    "the coordinator at " + plain.address() + " speaks plain text, as with --insecure; give --insecure too,"
                            + " or start it without",
                    "status");
        }
        assertMistake(2,
                "--insecure is plain text, and only for this machine; to reach 192.0.2.1:7411 leave it out, or make a tunnel"
                        + " and name its end here",
                "status", "--insecure", "--coordinator", "192.0.2.1");
        assertMistake(2, "--insecure and --context say different things; give one of them", "status", "--insecure", "--context",
                "alice");
        assertMistake(4,
                "what answers at " + coordinator.address() + " is no coordinator: it ended the connection, or says something"
                        + " else; if it wants TLS, leave out --insecure",
                "status", "--insecure", "--coordinator", coordinator.address());
        cli.environment.put("GANGER_INSECURE", "true");
        assertThat(shown("context", "--context", "alice")).as("a flag is nearer").startsWith("context alice flag");
        assertThat(shown("context")).isEqualTo("context - default -");
    }

    @Test
    void whoeverSitsBeforeATerminalHearsThatTheCertificateEnds() throws IOException {
        context("alice", Duration.ofDays(29), coordinator.address());
        assertThat(cli.run("status").err()).isEmpty();
        cli.terminal = new Terminal(false, true, () -> 80);
        assertThat(cli.run("status").err()).startsWith("ganger: your certificate for " + coordinator.address() + " ends at 20")
                .endsWith("; get a token from an admin and 'ganger login TOKEN' before\n");
        context("alice", Duration.ofDays(31), coordinator.address());
        assertThat(cli.run("status").err()).isEmpty();
    }

    @Test
    void aDamagedContextIsNamed() throws IOException {
        context("alice", coordinator.address());
        Files.writeString(folder.resolve("alice/identity.crt"), "nonsense");
        assertThat(cli.run("status").err()).startsWith("ganger: the contexts cannot be read: the file " + folder)
                .contains("is damaged").hasLineCount(1);
        Files.delete(folder.resolve("alice/identity.crt"));
        assertMistake(5, "the context 'alice' has no certificate; get a token from its admin and 'ganger login TOKEN'", "status");
        Files.delete(folder.resolve("alice/coordinator"));
        assertMistake(3, "the context 'alice' says no more where its coordinator is; give --coordinator too", "status");
    }
}
