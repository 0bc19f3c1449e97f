package dev.ganger.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Start caches are used where they fit, and whatever is wrong with them, a start works and says nothing of it. */
final class CachesIT {
    private static final Path BUILT = Path.of(System.getProperty("ganger.distribution")).toAbsolutePath();
    private static final String PROGRAM = "agent";

    @TempDir
    Path folder;
    private Path ganger;
    private Path home;
    private Path caches;
    private int calls;

    /** A distribution of its own, with the caches of the built one. */
    @BeforeEach
    void unpack() throws IOException {
        ganger = Archive.unpack(folder);
        home = Files.createDirectory(folder.resolve("home"));
        caches = ganger.resolve("lib/cache").resolve(Files.readString(ganger.resolve("lib/build")).strip());
        Files.createDirectories(caches);
        restore();
    }

    private void restore() throws IOException {
        try (Stream<Path> made = Files.list(BUILT.resolve("lib/cache").resolve(caches.getFileName()))) {
            for (var file : made.toList()) {
                Files.copy(file, caches.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void whatFitsIsUsed() {
        assertThat(uses()).isTrue();
    }

    @Test
    void withoutOneAStartWorks() throws IOException {
        Files.delete(cache());
        assertThat(uses()).isFalse();
    }

    @Test
    void damageAnywhereIsPassedOver() throws IOException {
        var size = Files.size(cache());
        for (var at : List.of(0L, 100L, size / 2, size - 5_000)) {
            try (var file = new RandomAccessFile(cache().toFile(), "rw")) {
                file.seek(at);
                file.write(new byte[]{1, 2, 3, 4, 5, 6, 7});
            }
            assertThat(uses()).as("damage at %d of %d", at, size).isFalse();
            restore();
        }
        for (var left : List.of(size / 2, 100L, 0L)) {
            try (var file = FileChannel.open(cache(), StandardOpenOption.WRITE)) {
                file.truncate(left);
            }
            assertThat(uses()).as("cut to %d", left).isFalse();
            restore();
        }
    }

    @Test
    void thatOfAnotherBuildClassPathOrJavaIsPassedOver() throws IOException {
        Files.copy(caches.resolve("cli.aot"), cache(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(caches.resolve("cli.sum"), caches.resolve(PROGRAM + ".sum"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(uses()).as("another program's").isFalse();
        restore();
        try (Stream<Path> jars = Files.list(ganger.resolve("lib"))) {
            var jar = jars.filter(file -> file.toString().contains("picocli")).findFirst().orElseThrow();
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        }
        assertThat(uses()).as("a newer jar").isFalse();
        Files.writeString(ganger.resolve("lib/build"), "another\n");
        assertThat(uses()).as("another build").isFalse();
    }

    @Test
    void whatAnotherUserCouldHaveWrittenIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(uses()).as("a file that the group can write").isFalse();
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxr-xrwx"));
        assertThat(uses()).as("a folder that all can write").isFalse();
        Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxr-xr-x"));
        var elsewhere = Files.move(cache(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(cache(), elsewhere);
        assertThat(uses()).as("a link").isFalse();
    }

    @Test
    void aFileOfAnotherUserIsNotUsed() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to give a file away");
        Files.setAttribute(cache(), "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
        assertThat(uses()).isFalse();
    }

    @Test
    void optionsForTheJvmOfSomebodyElseDoNotMeetThem() {
        assertThat(uses(Map.of("JDK_JAVA_OPTIONS", "-Xshare:off"), true)).isFalse();
    }

    @Test
    void twoCanBeMadeAtOnceAndAreTheUsersWhereTheDistributionCannotBeWritten() throws IOException {
        delete(ganger.resolve("lib/cache"));
        Files.writeString(ganger.resolve("lib/cache"), "no folder");
        var first = makeCaches();
        var second = makeCaches();
        assertThat(List.of(first.exitCode(), second.exitCode())).as(first.err() + second.err()).containsOnly(0);
        caches = home.resolve(".cache/ganger").resolve(caches.getFileName());
        assertThat(uses()).isTrue();
        try (Stream<Path> left = Files.list(caches.getParent())) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock",
                    caches.getFileName().toString());
        }
    }

    @Test
    void theFirstStartOfAnAgentMakesThemAndNothingIsLeftWhenItIsKilledMeanwhile() throws IOException {
        delete(ganger.resolve("lib/cache"));
        var agent = start(Map.of(), "agent", "run", "--coordinator", "localhost:1", "--insecure", "--data",
                folder.resolve("data").toString());
        try {
            await("they are being made").atMost(Site.PATIENCE).until(() -> Files.exists(ganger.resolve("lib/cache/lock")));
        } finally {
            agent.kill();
        }
        await("all of it has ended").atMost(Site.PATIENCE)
                .untilAsserted(() -> assertThat(running(ganger.toString())).isEmpty());
        assertThat(agent.out() + agent.err()).doesNotContain("cache");
        assertThat(caches).doesNotExist();
        assertThat(makeCaches().exitCode()).as("what was begun is no obstacle").isZero();
        assertThat(uses()).isTrue();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path cache() {
        return caches.resolve(PROGRAM + ".aot");
    }

    private Program makeCaches() {
        return launch(ganger.resolve("lib/make-caches"), Map.of(), List.of());
    }

    private boolean uses() {
        return uses(Map.of(), false);
    }

    /** Starts an agent that waits for a coordinator, looks whether the cache is in its memory, and ends it; it may not have said anything. */
    private boolean uses(Map<String, String> environment, boolean saysThatItHasOptions) {
        var agent = start(environment.isEmpty() ? Map.of("GANGER_CACHES", "use") : environment, "agent", "run", "--coordinator",
                "localhost:1", "--insecure", "--data", folder.resolve("data" + calls).toString());
        try {
            await("it works").atMost(Site.PATIENCE).until(() -> agent.err().contains("no connection to the coordinator"));
            assertThat(agent.out()).isEmpty();
            assertThat(agent.err().lines().skip(saysThatItHasOptions ? 1 : 0)).as("what it says")
                    .allMatch(line -> line.contains(" INFO ") || line.contains(" WARN "));
            return Files.readString(Path.of("/proc", Long.toString(agent.pid()), "maps"))
                    .contains(cache().getFileName().toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            agent.end();
        }
    }

    private Program start(Map<String, String> environment, String... arguments) {
        var all = new HashMap<>(environment);
        all.putIfAbsent("GANGER_AGENT_CONFIG", "/dev/null");
        return launch(ganger.resolve("bin/ganger"), all, List.of(arguments));
    }

    private Program launch(Path program, Map<String, String> environment, List<String> arguments) {
        return Launch.of(program, arguments).withEnvironment(environment)
                .withDefaults(Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()))
                .start(folder.resolve("call-" + calls++));
    }

    private static List<String> running(String path) {
        var found = new ArrayList<String>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.info().commandLine().filter(line -> line.contains(path)).ifPresent(found::add));
        return found;
    }
}
