package dev.ganger.config;

import dev.ganger.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A file of configuration that is any bytes is read, or refused in a sentence. */
final class ConfigFuzzTest {
    @TestFactory
    Stream<DynamicTest> files(@TempDir Path folder) {
        return Fuzz.tests(Fuzz.of("a file of configuration", input -> ConfigFile.read(Files.write(folder.resolve("file"), input)),
                WrongSetting.class).from("slots: 4\nlabel:\n  zone: north\n  gpu: \"\"\n# why\nname: 'a b'\n",
                        "a: &x 1\nb: *x\n", "? [a, {b: c}]\n: !!str |\n  x\n---\n")
                .slow());
    }
}
