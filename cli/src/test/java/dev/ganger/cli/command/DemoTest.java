package dev.ganger.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class DemoTest {
    private final Cli cli = new Cli();
    @TempDir
    Path folder = Path.of("");
    @TempDir
    Path temporary = Path.of("");

    @BeforeEach
    void prepare() {
        cli.environment.put("TMPDIR", temporary.toString());
    }

    @Test
    void runsEverythingAndLeavesNothingBehind() throws IOException {
        cli.launcher = FakeLauncher.in(folder);
        var outcome = cli.run("demo", "--tasks", "50", "--agents", "1");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("tasks         job 1: 50 succeeded").contains("throughput")
                .contains("fake-1        50 tasks");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void kept() throws IOException, InterruptedException {
        cli.launcher = FakeLauncher.in(folder);
        var outcome = cli.run("demo", "--tasks", "5", "--agents", "1", "--keep", "-o", "json");

        assertThat(outcome.code()).isZero();
        var told = outcome.lines().getLast();
        assertThat(told).matches(
                "\\{\"context\":\".*ganger-demo-.*/config/ganger/contexts/local-1\",\"pid\":[0-9]+,\"folder\":\".*ganger-demo-.*\"}");
        cli.environment.put("GANGER_CONTEXT", told.replaceAll(".*\"context\":\"([^\"]+)\".*", "$1"));
        assertThat(cli.run("stop").code()).isZero();
        var coordinator = ProcessHandle.of(Long.parseLong(told.replaceAll(".*\"pid\":([0-9]+).*", "$1"))).orElseThrow();
        coordinator.destroy();
        coordinator.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void aPartThatDoesNotStartIsSaidWithTheEndOfItsLog() throws IOException {
        cli.launcher = FakeLauncher.script(folder, "echo 'no room on this machine' >&2; exit 3");
        var outcome = cli.run("demo");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("no room on this machine\n"
                + "ganger: the demo's coordinator did not start; above is the end of what it said\n");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void itsPartsDoNotKnowThisMachinesConfigurationNorChangeIt() throws IOException {
        cli.launcher = FakeLauncher.script(folder,
                "echo \"$GANGER_COORDINATOR_CONFIG $GANGER_AGENT_CONFIG $XDG_CONFIG_HOME\" >&2; exit 3");

        assertThat(cli.run("demo").err()).startsWith("/dev/null /dev/null " + temporary).contains("/config\n");
    }

    @Test
    void withoutALauncherItSaysHowToBeStarted() {
        assertThat(cli.run("demo").err())
                .isEqualTo("ganger: the demo starts its parts through the launcher; start it as 'ganger demo'\n");
        assertThat(cli.run("demo", "--agents", "0").code()).isEqualTo(2);
        assertThat(cli.run("demo", "--tasks", "0").code()).isEqualTo(2);
        assertThat(Files.exists(temporary)).isTrue();
    }
}
