package dev.ganger.trust;

import dev.ganger.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Files of credentials and contexts that are any bytes are read, or refused in a sentence that names the file. */
final class CredentialFuzzTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        var credentials = new CredentialFolder(folder);
        credentials.keys();
        var pending = Files.readAllBytes(folder.resolve("joining.key"));
        credentials.write(new TestAuthority().user("anna", Duration.ofDays(1)));
        Files.write(folder.resolve("joining.key"), pending);
    }

    @TestFactory
    Stream<DynamicTest> credentials() throws IOException {
        return Fuzz.tests(file("authority.crt", () -> new CredentialFolder(folder).read()),
                file("identity.crt", () -> new CredentialFolder(folder).read()),
                file("identity.key", () -> new CredentialFolder(folder).read()),
                file("joining.key", () -> new CredentialFolder(folder).keys()));
    }

    /** Reads something. */
    private interface Reading {
        @Nullable
        Object read() throws IOException;
    }

    private Fuzz file(String name, Reading reading) throws IOException {
        var file = folder.resolve(name);
        var whole = Files.readAllBytes(file);
        return Fuzz.of(name, input -> {
            try {
                Files.write(file, input);
                reading.read();
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining(file.toString());
                throw refused;
            } finally {
                Files.write(file, whole);
            }
        }, IOException.class).from(List.of(whole)).slow();
    }

    @TestFactory
    Stream<DynamicTest> contexts() throws IOException {
        var contexts = Contexts.of(folder);
        contexts.create("prod");
        contexts.use("prod");
        var current = contexts.folder().resolve("current");
        var address = contexts.folder().resolve("prod").resolve("coordinator");
        return Fuzz.tests(
                Fuzz.of("the file that names a context", input -> {
                    Files.write(current, input);
                    contexts.current();
                }, IOException.class).from("prod\n", "/tmp\n").slow(),
                Fuzz.of("the address of a context", input -> {
                    Files.write(address, input);
                    contexts.find("localhost:7411");
                }, IOException.class).from("localhost:7411\n").slow());
    }
}
