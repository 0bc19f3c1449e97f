package dev.ganger.system;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The one file that is shipped: what is in it, how large it is, and that nothing in it comes from when and where it was built. */
final class ArchiveIT {
    private static final long PACKED_AT_MOST = 70_000_000;
    private static final long UNPACKED_AT_MOST = 120_000_000;
    private static final Path DISTRIBUTION = Path.of(System.getProperty("ganger.distribution"));
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)$");
    /** As opposed to prose, which has one space behind the mark. */
    private static final Pattern EXAMPLE = Pattern.compile("^#(?=\\S|  \\S)");

    @Test
    void itIsSmall() throws IOException {
        var packed = Files.size(Archive.FILE);
        var unpacked = Archive.entries().stream().mapToLong(Archive.Entry::bytes).sum();
        System.out.printf("%s: %.1f MB, unpacked %.1f MB%n", Archive.FILE.getFileName(), packed / 1e6, unpacked / 1e6);
        assertThat(packed).isLessThanOrEqualTo(PACKED_AT_MOST);
        assertThat(unpacked).isLessThanOrEqualTo(UNPACKED_AT_MOST);
    }

    @Test
    void itHasOneFolderWithAllThatIsNeeded() {
        var top = Archive.FILE.getFileName().toString().replaceFirst("-linux-(x86_64|aarch64)\\.tar\\.gz$", "/");
        var names = Archive.entries().stream().map(Archive.Entry::name).toList();
        assertThat(names).allMatch(name -> name.startsWith(top));
        assertThat(names).contains(top + "bin/ganger", top + "lib/make-caches", top + "lib/build", top + "runtime/bin/java",
                top + "LICENSE",
                top + "share/completions/ganger.bash", top + "share/man/man1/ganger.1", top + "share/examples/agent.yaml",
                top + "runtime/legal/java.base/LICENSE");
        assertThat(names).as("made on the machine, never shipped")
                .noneMatch(name -> name.contains("/lib/cache/") || name.endsWith(".jsa"));
    }

    /** The usual causes of two builds that differ; `.ci/reproducible` compares two. */
    @Test
    void nothingInItTellsWhenOrByWhomItWasBuilt() throws IOException {
        var entries = Archive.entries();
        assertThat(entries).extracting(Archive.Entry::owner).containsOnly("0/0");
        assertThat(entries).extracting(Archive.Entry::time).as("one time, that of the sources").hasSizeGreaterThan(1)
                .containsOnly(entries.getFirst().time());
        assertThat(entries.stream().filter(Archive.Entry::isFile)).extracting(Archive.Entry::mode).containsOnly("-rw-r--r--",
                "-rwxr-xr-x");
        assertThat(entries.stream().filter(entry -> entry.mode().startsWith("d"))).extracting(Archive.Entry::mode)
                .containsOnly("drwxr-xr-x");
        for (var mode : List.of("d", "-rw-", "-rwx")) {
            assertThat(entries.stream().filter(entry -> entry.mode().startsWith(mode)).map(Archive.Entry::name)).as("order")
                    .isSorted();
        }
        try (var header = new DataInputStream(Files.newInputStream(Archive.FILE))) {
            assertThat(header.readUnsignedShort()).as("gzip").isEqualTo(0x1f8b);
            assertThat(header.readUnsignedShort()).as("method, and no name of a file").isEqualTo(0x0800);
            assertThat(header.readInt()).as("time in the header").isZero();
        }
        for (var jar : jars()) {
            try (var file = new JarFile(jar.toFile())) {
                if (jar.getFileName().toString().startsWith("ganger-")) {
                    assertThat(file.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet())).as(jar.toString())
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void everyPartHasItsLicence() throws IOException {
        for (var jar : jars()) {
            var folder = DISTRIBUTION.resolve("share/licences").resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
            try (var texts = Files.list(folder)) {
                assertThat(texts.filter(text -> text.getFileName().toString().matches("(?i).*licen[cs]e.*"))).as(jar.toString())
                        .isNotEmpty().allSatisfy(text -> assertThat(text).isNotEmptyFile());
            }
        }
    }

    @Test
    void nativeLibrariesAreThisMachines() throws IOException {
        var machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch_?64";
        var natives = new TreeSet<String>();
        for (var jar : jars()) {
            var name = jar.getFileName().toString();
            try (var file = new JarFile(jar.toFile())) {
                if (name.startsWith("netty-") || name.startsWith("sqlite-")) {
                    file.stream().map(ZipEntry::getName).filter(entry -> NATIVE.matcher(entry).matches()).forEach(natives::add);
                }
            }
        }
        assertThat(natives).isNotEmpty()
                .allMatch(entry -> entry.matches("(?i)(?=.*linux|META-INF/native/libnetty_.*).*" + machine + ".*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "agent", "client"})
    void anExampleConfigurationIsAcceptedAsItIsAndWithAllThatItShows(String program) throws IOException {
        var example = DISTRIBUTION.resolve("share/examples").resolve(program + ".yaml");
        var shown = Files.readAllLines(example).stream().map(line -> EXAMPLE.matcher(line).replaceFirst("")).toList();
        assertThat(shown).as("its keys").anyMatch(line -> line.matches("[a-z-]+:.*"));
        try (var site = new Site()) {
            for (var content : List.of(Files.readAllLines(example), shown)) {
                Files.write(site.configuration(program), content);
                var call = program.equals("client")
                        ? site.ganger("config", "-o", "json")
                        : site.ganger("config", program, "-o", "json");
                assertThat(call.exitCode()).as(call.err()).isZero();
                assertThat(call.out().contains("\"file\"")).as(call.out()).isEqualTo(content.equals(shown));
            }
        }
    }

    @Test
    void unpackedItRunsWithoutJava(@TempDir Path folder) throws IOException {
        var unpacked = Archive.unpack(folder);
        var tools = Files.createDirectory(folder.resolve("tools"));
        for (var tool : List.of("sh", "readlink", "find", "id")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        var called = Launch.of(unpacked.resolve("bin/ganger"), List.of("--version"))
                .withEnvironment(Map.of("PATH", tools.toString(), "HOME", folder.toString())).start(folder.resolve("version"));
        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out()).startsWith("ganger ");
        assertThat(called.err()).isEmpty();
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
