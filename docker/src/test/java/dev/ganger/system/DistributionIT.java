package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The folder that is shipped is complete. */
final class DistributionIT {
    private static final Path LIB = Path.of(System.getProperty("ganger.distribution"), "lib");

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "agent", "cli"})
    void everyJarThatAProgramNamesIsThere(String program) throws IOException {
        try (var jar = new JarFile(theJarOf(program).toFile())) {
            assertThat(jar.getEntry("dev/ganger/" + program + "/Main.class")).as("its main class").isNotNull();
            String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            assertThat(named.split(" ")).isNotEmpty().filteredOn(DistributionIT::isForThisMachine)
                    .allSatisfy(name -> assertThat(LIB.resolve(name)).exists());
        }
    }

    /** Native libraries are named for every system, and shipped for one. */
    private static boolean isForThisMachine(String jar) {
        String own = "linux-" + (System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64");
        return !jar.matches(".*-(linux|osx|windows)-(x86_64|aarch_64|riscv64)\\.jar") || jar.endsWith(own + ".jar");
    }

    /** The launcher takes the one that matches; there may not be two. */
    private static Path theJarOf(String program) throws IOException {
        try (Stream<Path> jars = Files.list(LIB)) {
            List<Path> found = jars.filter(jar -> jar.getFileName().toString().matches("ganger-" + program + "-.*\\.jar"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
