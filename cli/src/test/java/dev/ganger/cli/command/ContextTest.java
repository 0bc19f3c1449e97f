package dev.ganger.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The verbs about contexts; which one a call uses, ArrivalTest says. */
final class ContextTest {
    private final FakeCoordinator coordinator = FakeCoordinator.encrypted();
    private Cli cli = new Cli();
    @TempDir
    Path home = Path.of("");
    private Path folder = Path.of("");

    @BeforeEach
    void knowsTwo() throws IOException {
        Cli.known(coordinator, home, "alice");
        cli = Cli.known(coordinator, home, "bob");
        folder = home.resolve(".config/ganger/contexts");
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void areListed() throws IOException {
        cli.run("context", "use", "bob");
        Files.writeString(folder.resolve("alice/identity.crt"), "nonsense");

        assertThat(cli.run("context", "list").lines())
                .extracting(line -> line.replaceAll("20\\S+Z", "TIME").replaceAll(" +", " "))
                .containsExactly("NAME COORDINATOR USER EXPIRES CURRENT", "alice " + coordinator.address() + " - - -",
                        "bob " + coordinator.address() + " bob TIME yes");
        assertThat(cli.run("context", "list", "-o", "quiet").out()).isEqualTo("alice\nbob\n");
        assertThat(cli.run("context", "list", "-o", "json").lines().getLast()).matches(
                "\\{\"name\":\"bob\",\"current\":true,\"coordinator\":\"%s\",\"addresses\":\\[\"%1$s\"],\"user\":\"bob\","
                        .formatted(
                                coordinator.address())
                        + "\"expiresAt\":\"20[^\"]+Z\",\"folder\":\"" + folder.resolve("bob") + "\"}");
    }

    @Test
    void areRemovedWithTheirKeys() {
        cli.run("context", "use", "bob");
        assertThat(cli.run("context", "remove", "bob").out()).isEqualTo("context bob: removed, with its key\n");
        assertThat(folder.resolve("bob")).doesNotExist();
        assertThat(folder.resolve("current")).doesNotExist();
        assertThat(cli.run("status").code()).as("the one that is left").isZero();
    }

    @Test
    void whatIsNotThereIsThree() {
        for (var verb : new String[]{"use", "remove"}) {
            var outcome = cli.run("context", verb, "nobody");
            assertThat(outcome.code()).isEqualTo(3);
            assertThat(outcome.err())
                    .isEqualTo("ganger: there is no context 'nobody'; 'ganger context list' shows those there are\n");
        }
        var outcome = cli.run("context", "remove", folder.resolve("bob").toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(folder.resolve("bob")).exists();
    }

    @Test
    void oneMayBeAFolderAnywhere() throws IOException {
        var elsewhere = Files.move(folder.resolve("bob"), home.resolve("elsewhere"));
        cli.run("context", "use", elsewhere.toString());
        assertThat(cli.run("status").code()).isZero();
        assertThat(cli.run("config").out()).contains("context      " + elsewhere);
    }
}
