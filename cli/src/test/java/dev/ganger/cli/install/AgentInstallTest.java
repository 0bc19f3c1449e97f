package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.install.Report.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The real script on fake hosts behind a fake ssh. */
final class AgentInstallTest implements Reception, Watcher {
    private static final String TOKEN = "ganger-agent-it's $a 'secret'";
    private static final Placement PLAIN = new Placement("", "", "", ConfigurationLines.ofAgent(List.of(), null, Map.of()),
            false);

    private final Path folder;
    private final FakeHosts hosts;
    private final List<String> admitted = new ArrayList<>();
    private final List<String> dismissed = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private boolean asksCoordinator = true;

    AgentInstallTest(@TempDir Path folder) {
        this.folder = folder;
        this.hosts = new FakeHosts(folder);
        hosts.put("web-1", "some", "file");
    }

    @AfterEach
    void end() {
        hosts.close();
    }

    private Report install(String host, Placement placement, String version) throws InterruptedException {
        try (var archive = Archive.at(hosts.archive(version)); var way = hosts.way(host)) {
            return new AgentInstall(way, placement, archive, this, this).install();
        }
    }

    private Report remove(String host, boolean purge) throws InterruptedException {
        try (var way = hosts.way(host)) {
            return new AgentRemoval(way, PLAIN, purge, dismissed::add, this).remove();
        }
    }

    @Override
    public String admit(String name) {
        admitted.add(name);
        return TOKEN;
    }

    @Override
    public boolean knows(String name) {
        return admitted.contains(name);
    }

    @Override
    public Meeting meeting(String name, long pid) {
        if (!asksCoordinator) {
            return Meeting.KNOWN_THERE;
        }
        var met = Files.exists(hosts.on(name, "agent")) && hosts.read(name, "agent").equals(Long.toString(pid));
        return met ? Meeting.MET : Meeting.AWAITED;
    }

    @Override
    public void begun(String host, String step) {
        steps.add(step);
    }

    @Override
    public void ended(Report report) {
        steps.add("ended");
    }

    @Test
    void anAgentIsInstalledAndJoinsByATokenThatNobodyElseSees() throws InterruptedException, IOException {
        var report = install("ubuntu@web-1", PLAIN, "1.2.3");

        assertThat(report.result()).isEqualTo(Result.INSTALLED);
        assertThat(report.service()).isEqualTo("web-1");
        assertThat(report.version()).isEqualTo("1.2.3");
        assertThat(report.remarks()).containsExactly("it runs as tester and does not start by itself after a reboot");
        assertThat(steps).containsExactly("connecting", "copying", "starting", "waiting for it to join");
        assertThat(hosts.read("web-1", "token")).isEqualTo(TOKEN);
        assertThat(hosts.on("web-1", ".config/ganger/agent.yaml")).hasContent("""
                name: 'web-1'
                data: '%s'
                drain-timeout: 4m""".formatted(hosts.on("web-1", ".local/share/ganger/agent/web-1")));
        Files.delete(hosts.on("web-1", "token"));
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".tar.gz")))
                    .noneMatch(file -> contains(file, "secret"));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void sshIsAskedForOneConnectionAndNeverForAPassword() throws InterruptedException, IOException {
        install("ubuntu@web-1", PLAIN, "1.2.3");

        var arguments = Files.readAllLines(folder.resolve("ssh-arguments"));
        assertThat(arguments).containsSubsequence("-o", "Port=22", "-o", "BatchMode=yes", "--", "ubuntu@web-1")
                .contains("ControlMaster=auto", "ControlPath=" + folder.resolve("socket"));
    }

    @Test
    void aSecondTimeNothingIsDone() throws InterruptedException {
        install("web-1", PLAIN, "1.2.3");
        var pid = hosts.read("web-1", "agent");
        steps.clear();
        var report = install("web-1", PLAIN, "1.2.3");

        assertThat(report.result()).isEqualTo(Result.UNCHANGED);
        assertThat(report.remarks()).isEmpty();
        assertThat(steps).containsExactly("connecting");
        assertThat(hosts.read("web-1", "agent")).isEqualTo(pid);
        assertThat(admitted).hasSize(1);
    }

    @Test
    void anotherVersionTakesThePlaceOfTheOldOneWithoutAToken() throws InterruptedException {
        install("web-1", PLAIN, "1.2.3");
        var pid = Long.parseLong(hosts.read("web-1", "agent"));
        var report = install("web-1", PLAIN, "1.3.0");

        assertThat(report.result()).isEqualTo(Result.UPGRADED);
        assertThat(steps).endsWith("draining the old one", "waiting for it to join");
        await("it has ended, and was buried").until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(hosts.on("web-1", ".local/lib/ganger")).isDirectoryContaining("glob:**/ganger-1.3.0")
                .isDirectoryNotContaining("glob:**/ganger-1.2.3");
        assertThat(admitted).hasSize(1);
    }

    @Test
    void whatEndedIsStartedAgainAndWhatIsAskedForReplacesTheConfiguration() throws InterruptedException {
        install("web-1", PLAIN, "1.2.3");
        ProcessHandle.of(Long.parseLong(hosts.read("web-1", "agent"))).orElseThrow().destroyForcibly();
        assertThat(install("web-1", PLAIN, "1.2.3").result()).isEqualTo(Result.RESTARTED);

        var odd = new Placement("", "", "",
                ConfigurationLines.ofAgent(ConfigurationLines.of("c:7411"), 3, Map.of("a/b", "it's: {\"$x\"} \\ `")), true);
        assertThat(install("web-1", odd, "1.2.3").result()).isEqualTo(Result.RESTARTED);
        assertThat(hosts.read("web-1", ".config/ganger/agent.yaml")).endsWith("""
                coordinator: 'c:7411'
                slots: 3
                label:
                  'a/b': 'it''s: {"$x"} \\ `'
                drain-timeout: 4m""");
        assertThat(hosts.on("web-1", ".config/ganger/agent.yaml.old")).exists();
    }

    @Test
    void whatIsHalfDoneIsTakenUpAgain() throws InterruptedException {
        hosts.put("web-1", "broken", "");
        assertThatThrownBy(() -> install("web-1", PLAIN, "1.2.3")).isInstanceOf(Failure.class)
                .hasMessage("the programs of the archive do not run on this host");
        assertThat(hosts.on("web-1", ".local/lib/ganger")).isEmptyDirectory();
        hosts.on("web-1", "broken").toFile().delete();
        hosts.put("web-1", "ends", "");
        assertThatThrownBy(() -> install("web-1", PLAIN, "1.2.3")).isInstanceOf(Failure.class)
                .hasMessage("the agent ended again; its log ends: the coordinator refused this agent: no room");
        hosts.on("web-1", "ends").toFile().delete();

        assertThat(install("web-1", PLAIN, "1.2.3").result()).isEqualTo(Result.RESTARTED);
    }

    @Test
    void whereNobodyAsksTheCoordinatorTheAgentsOwnWordCounts() throws InterruptedException {
        asksCoordinator = false;
        hosts.put("web-1", "ends", "");
        assertThatThrownBy(() -> install("web-1", PLAIN, "1.2.3")).isInstanceOf(Failure.class)
                .hasMessage("the agent ended again; its log ends: the coordinator refused this agent: no room");
        hosts.on("web-1", "ends").toFile().delete();

        assertThat(install("web-1", PLAIN, "1.2.3").result()).isEqualTo(Result.RESTARTED);
        assertThat(install("web-1", PLAIN, "1.2.3").result()).isEqualTo(Result.UNCHANGED);
    }

    @Test
    void whatCannotBeIsSaidBeforeAnythingIsCopied() {
        assertObstacle("uname-s", "Darwin", "it runs Darwin; coordinators and agents need Linux");
        assertObstacle("uname-m", "riscv64", "it is a riscv64 machine and the archive is for ");
        assertObstacle("libc", "glibc 2.31", "its C library is glibc 2.31; Ganger needs glibc 2.34 or newer");
        assertObstacle("libc", "musl", "its C library is musl; Ganger needs glibc 2.34 or newer");
        assertObstacle("room", "1024", "there is no room in ");
        assertThat(steps).doesNotContain("copying");
        assertThat(admitted).isEmpty();
    }

    private void assertObstacle(String file, String text, String sentence) {
        hosts.put("odd", file, text);
        assertThatThrownBy(() -> install("odd", PLAIN, "1.2.3")).isInstanceOf(Failure.class).hasMessageStartingWith(sentence);
        hosts.on("odd", file).toFile().delete();
    }

    @Test
    void uninstallingLeavesWhatItNamesAndPurgingLeavesNothing() throws InterruptedException {
        install("web-1", PLAIN, "1.2.3");
        var kept = remove("web-1", false);
        assertThat(kept.result()).isEqualTo(Result.REMOVED);
        assertThat(kept.left()).containsExactly(hosts.on("web-1", ".config/ganger/agent.yaml").toString(),
                hosts.on("web-1", ".local/share/ganger/agent/web-1").toString());
        assertThat(hosts.on("web-1", ".local/lib/ganger")).doesNotExist();
        assertThat(hosts.on("web-1", ".local/bin/ganger").toFile().toPath()).doesNotExist();
        assertThat(dismissed).isEmpty();

        install("web-1", PLAIN, "1.2.3");
        var purged = remove("web-1", true);
        assertThat(purged.left()).isEmpty();
        assertThat(dismissed).containsExactly("web-1");
        assertThat(hosts.on("web-1", ".config/ganger")).doesNotExist();
        assertThat(hosts.on("web-1", ".local/share/ganger")).doesNotExist();
        assertThat(remove("web-1", true).result()).isEqualTo(Result.ABSENT);
    }
}
