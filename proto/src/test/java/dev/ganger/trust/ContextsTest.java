package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The coordinators that a user knows, as files. */
final class ContextsTest {
    @TempDir
    Path home = Path.of("");
    private Contexts contexts;

    @BeforeEach
    void nothingIsThere() {
        contexts = Contexts.of(home.resolve("ganger"));
    }

    private Context context(String name, String... addresses) throws IOException {
        var context = contexts.create(name);
        context.setAddresses(List.of(addresses));
        return context;
    }

    @Test
    void withoutAnyNoneIsFound() throws IOException {
        assertThat(contexts.all()).isEmpty();
        assertThat(contexts.find("localhost:7411")).isNull();
        assertThat(contexts.named("lab")).isNull();
        assertThat(contexts.current()).isNull();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void oneIsFoundByNameByAnyOfItsAddressesAndByThePathOfItsFolder() throws IOException {
        var lab = context("lab", "lab.example:7411", "10.0.0.1:7411");
        context("other", "lab.example:7412");
        assertThat(contexts.all()).extracting(Context::name).containsExactly("lab", "other");
        assertThat(contexts.find("10.0.0.1:7411")).hasToString("lab");
        assertThat(contexts.find("lab.example:7412")).hasToString("other");
        assertThat(contexts.find("lab.example:7413")).isNull();
        assertThat(contexts.named("lab")).hasToString("lab");
        assertThat(lab.addresses()).containsExactly("lab.example:7411", "10.0.0.1:7411");
        assertThat(contexts.named(lab.folder().path().toString())).isNotNull()
                .extracting(each -> each.folder().path()).isEqualTo(lab.folder().path());
        assertThat(contexts.named(home + "/nothing")).isNull();
    }

    @Test
    void theNamesOfThisMachineAreOneAddress() throws IOException {
        context("v4", "127.0.0.1:7411");
        context("v6", "[::1]:7412");
        context("name", "localhost:7413");
        for (var host : List.of("localhost", "127.0.0.1", "[::1]")) {
            assertThat(contexts.find(host + ":7411")).hasToString("v4");
            assertThat(contexts.find(host + ":7412")).hasToString("v6");
            assertThat(contexts.find(host + ":7413")).hasToString("name");
        }
        assertThat(contexts.find("127.0.0.2:7411")).isNull();
    }

    @Test
    void ofTwoAtOneAddressTheChosenOneIsFirst() throws IOException {
        context("a", "localhost:7411");
        context("b", "localhost:7411");
        assertThat(contexts.at("localhost:7411")).extracting(Context::name).containsExactly("a", "b");
        contexts.use("b");
        assertThat(contexts.at("localhost:7411")).extracting(Context::name).containsExactly("b", "a");
        assertThat(contexts.current()).hasToString("b");
    }

    @Test
    void whatIsRemovedIsGoneAndNoLongerChosen() throws IOException {
        var lab = context("lab", "localhost:7411");
        contexts.use("lab");
        contexts.remove("lab");
        assertThat(lab.folder().path()).doesNotExist();
        assertThat(contexts.current()).isNull();
        context("lab", "localhost:7411");
        assertThat(contexts.current()).isNull();
        assertThatThrownBy(() -> contexts.use("labs"))
                .hasMessage("there is no context 'labs'; 'ganger context list' shows them");
        assertThatThrownBy(() -> contexts.remove("/tmp/x"))
                .hasMessage("'/tmp/x' is a folder of yours, which only you remove; name a context");
    }

    @Test
    void aNameIsNoWayOutOfTheFolder() {
        for (var name : List.of("", ".", "..", "../x", "a/b", "-o", "current", ".hidden", "a b", "x".repeat(101))) {
            assertThatThrownBy(() -> contexts.create(name)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("it cannot be '" + name + "'");
        }
    }

    @Test
    void onlyTheOwnerReadsWhatIsInIt() throws IOException {
        var lab = context("lab", "localhost:7411");
        var token = new TokenLine(TokenLine.Kind.AGENT, "localhost:7411", new Fingerprint(Bytes.wrap(new byte[32])), "t1",
                Bytes.wrap(new byte[32]), "");
        assertThat(lab.agentToken()).isNull();
        lab.setAgentToken(token);
        assertThat(lab.agentToken()).isEqualTo(token.word());
        contexts.use("lab");
        try (var files = Files.walk(home.resolve("ganger"))) {
            assertThat(files.toList()).hasSizeGreaterThan(4).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }
}
