package dev.ganger.cli;

import dev.ganger.cli.command.FakeLauncher;
import dev.ganger.cli.command.LoopbackCoordinator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class MainTest {
    private static final int PATIENCE_SECONDS = 60;

    private static Process start(Map<String, String> environment, List<String> options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GANGER_"));
        builder.environment().put("GANGER_CONFIG", "/dev/null");
        builder.environment().put("GANGER_INSECURE", "true");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String read(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void awaitFile(Path folder, String glob) throws IOException {
        for (var i = 0; i < PATIENCE_SECONDS * 50; i++) {
            try (var files = Files.newDirectoryStream(folder, glob)) {
                if (files.iterator().hasNext()) {
                    return;
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("no " + glob + " in " + folder);
    }

    @Test
    void isUtf8AndSilentAboutItsLibrariesInAnyLocale() throws Exception {
        try (var coordinator = new LoopbackCoordinator()) {
            var process = start(Map.of("LC_ALL", "C", "GANGER_COORDINATOR", coordinator.address()), List.of(), "run", "echo",
                    "wörld");
            assertThat(read(process.getInputStream())).isEqualTo("wörld");
            assertThat(read(process.getErrorStream())).isEmpty();
            assertThat(process.waitFor()).isZero();
        }
        var process = start(Map.of(), List.of(), "jobs", "--coordinator", "localhost:1");
        assertThat(read(process.getErrorStream())).startsWith("ganger: cannot reach the coordinator").hasLineCount(1);
        assertThat(process.waitFor()).isEqualTo(4);
    }

    @Test
    void withoutAFileNothingOfYamlIsLoaded(@TempDir Path home) throws Exception {
        var variables = Map.of("GANGER_CONFIG", "", "XDG_CONFIG_HOME", home.toString());
        var without = start(variables, List.of("-Xlog:class+load"), "config", "-o", "quiet");
        assertThat(read(without.getInputStream())).contains("dev.ganger.config.Configuration").doesNotContain("snakeyaml");
        assertThat(without.waitFor()).isZero();

        Files.writeString(Files.createDirectories(home.resolve("ganger")).resolve("client.yaml"), "output: json");
        var with = start(variables, List.of("-Xlog:class+load"), "config", "-o", "quiet");
        assertThat(read(with.getInputStream())).contains("snakeyaml");
        assertThat(with.waitFor()).isZero();
    }

    @Test
    void controlCOfARunCancelsItsJob(@TempDir Path folder) throws Exception {
        var lines = Files.writeString(folder.resolve("lines"), "echo\nsleep\n");
        try (var coordinator = new LoopbackCoordinator()) {
            var process = start(Map.of("GANGER_COORDINATOR", coordinator.address()), List.of(), "run", "--each-line",
                    lines.toString(),
                    "{}", "ready");
            assertThat(new String(process.getInputStream().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("ready");
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(read(process.getErrorStream())).startsWith("ganger: cancelling job 1;");
            assertThat(coordinator.cancelReason()).isEqualTo("interrupted");
        }
    }

    @Test
    void theTermOfARunCancelsItsJob(@TempDir Path folder) throws Exception {
        var lines = Files.writeString(folder.resolve("lines"), "echo\nsleep\n");
        try (var coordinator = new LoopbackCoordinator()) {
            var process = start(Map.of("GANGER_COORDINATOR", coordinator.address()), List.of(), "run", "--each-line",
                    lines.toString(), "{}", "ready");
            assertThat(new String(process.getInputStream().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("ready");
            new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();

            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(coordinator.cancelReason()).isEqualTo("interrupted");
        }
    }

    @Test
    void aTermAlsoCancelsWhenNobodyReadsAnyMore(@TempDir Path folder) throws Exception {
        var lines = Files.writeString(folder.resolve("lines"), "echo\nsleep\n");
        try (var coordinator = new LoopbackCoordinator()) {
            var process = start(Map.of("GANGER_COORDINATOR", coordinator.address()), List.of(), "run", "--each-line",
                    lines.toString(), "{}", "ready");
            assertThat(new String(process.getInputStream().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("ready");
            // This closes its streams, too.
            process.destroy();

            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(coordinator.cancelReason()).isEqualTo("interrupted");
        }
    }

    @Test
    void aFileWithANameInNoEncodingIsReadInAnyLocale(@TempDir Path folder) throws Exception {
        var name = "a\\377\\303\\244 b";
        var script = "cd \"$1\" && printf 'l1\\nl2\\n' > \"$(printf '" + name + "')\" && shift && "
                + "for at in \"$(printf '" + name + "')\" \"$PWD/$(printf '" + name + "')\"; do "
                + "\"$@\" submit --dry-run --each-line \"$at\" echo {} || exit; done";
        for (var locale : List.of("C", "C.UTF-8")) {
            var builder = new ProcessBuilder("/bin/sh", "-c", script, "sh", folder.toString(),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName());
            builder.environment().put("LC_ALL", locale);
            var process = builder.start();
            assertThat(read(process.getInputStream())).as(locale).isEqualTo("echo l1\necho l2\n".repeat(2));
            assertThat(read(process.getErrorStream())).isEqualTo("ganger: 2 tasks; nothing was submitted\n".repeat(2));
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void aSecondControlCLeavesAtOnce(@TempDir Path folder) throws Exception {
        var lines = Files.writeString(folder.resolve("lines"), "echo\nsleep\n");
        try (var coordinator = new LoopbackCoordinator()) {
            var process = start(Map.of("GANGER_COORDINATOR", coordinator.address()), List.of(), "run", "--each-line",
                    lines.toString(), "{}", "ready");
            assertThat(new String(process.getInputStream().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("ready");
            coordinator.vanish();
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            try (var said = process.errorReader(StandardCharsets.UTF_8)) {
                while (!said.readLine().startsWith("ganger: job 1 cannot be cancelled now: ")) {
                    assertThat(process.isAlive()).isTrue();
                }
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(130);
        }
    }

    @Test
    void anInterruptedDemoLeavesNothingBehind(@TempDir Path folder, @TempDir Path temporary) throws Exception {
        var process = start(Map.of("TMPDIR", temporary.toString(), "FAKE_SILENT_AGENTS", "1"),
                List.of("-Dganger.launcher=" + FakeLauncher.in(folder)), "demo", "--agents", "1");
        awaitFile(temporary, "ganger-demo-*");
        var demo = Files.list(temporary).findFirst().orElseThrow();
        awaitFile(demo, "agent-1");
        var children = process.descendants().toList();
        process.destroy();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
    }
}
