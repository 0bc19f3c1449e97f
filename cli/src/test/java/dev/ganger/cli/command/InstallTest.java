package dev.ganger.cli.command;

import dev.ganger.cli.install.FakeHosts;
import dev.ganger.cli.view.Terminal;
import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import dev.ganger.model.Bytes;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.TokenLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The verbs that install, on fake hosts behind a fake ssh. */
final class InstallTest {
    private final FakeCoordinator coordinator = FakeCoordinator.encrypted();
    private final Cli cli;
    private final FakeHosts hosts;
    private final String archive;

    InstallTest(@TempDir Path folder) throws IOException {
        hosts = new FakeHosts(folder);
        cli = Cli.known(coordinator, folder.resolve("home"), "admin");
        archive = hosts.archive("1.2.3").toString();
        cli.environment.putAll(hosts.environment());
        List.of("a", "b", "c").forEach(host -> hosts.put(host, "some", "file"));
    }

    @AfterEach
    void end() {
        hosts.close();
        coordinator.close();
    }

    private Cli.Outcome install(String... words) {
        var command = new ArrayList<>(List.of("agent", "install", "--archive", archive));
        command.addAll(List.of(words));
        return cli.run(command.toArray(String[]::new));
    }

    /** The agent of this host joins as soon as it runs. */
    private void letJoin(String host) {
        Thread.ofPlatform().daemon().start(() -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(hosts.on(host, "agent"))
                    && !hosts.read(host, "agent").isEmpty());
            var agent = new Agent(new AgentId(host, new UUID(1, host.hashCode()), 1), Agent.State.ALIVE,
                    Long.parseLong(hosts.read(host, "agent")), 1, List.of(), 0, "1.2.3", Endings.START, new TreeMap<>(), "");
            synchronized (coordinator) {
                coordinator.agents.add(agent);
            }
        });
    }

    @Test
    void oneHostThatFailsStopsNoOther() {
        hosts.put("b", "ssh-says", "bob@b: Permission denied (publickey).");
        letJoin("a");
        letJoin("c");
        var outcome = install("root@a", "b", "c", "c", "--parallel", "2", "--advertise", "queue.example");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(2)
                .anyMatch(line -> line.matches("root@a: agent a installed, version 1.2.3; it runs after .* s"))
                .anyMatch(line -> line.startsWith("c: agent c installed"));
        assertThat(outcome.err()).contains("ganger: b: it does not let this user in by key; 'ssh b' has to work")
                .endsWith("ganger: 1 of 3 hosts failed; the same command tries again what is not done\n");
        assertThat(hosts.read("a", ".config/ganger/agent.yaml")).contains("coordinator: 'queue.example:7411'");
        assertThat(hosts.read("a", "token")).startsWith("ganger-agent-").isNotEqualTo(hosts.read("c", "token"));
    }

    @Test
    void forProgramsALineIsAnObject() {
        hosts.put("b", "ssh-says", "odd");
        letJoin("a");

        assertThat(install("a", "--slots", "2", "-o", "json").out()).matches(
                "\\{\"host\":\"a\",\"result\":\"installed\",\"service\":\"a\",\"version\":\"1.2.3\",\"seconds\":[0-9.]+,"
                        + "\"remarks\":\\[\"it runs as tester .*\"\\],\"left\":\\[\\],\"problem\":null\\}\n");
        var failed = install("b", "-o", "json");
        assertThat(failed.out()).contains("\"result\":\"failed\",\"service\":null,\"version\":null")
                .contains("\"problem\":\"ssh failed: odd\"}");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(cli.run("agent", "uninstall", "a", "-o", "json").out()).contains("\"result\":\"removed\"")
                .contains("agent.yaml\"");
    }

    @Test
    void onATerminalWhatGoesOnIsShownInPlace() {
        letJoin("a");
        cli.terminal = new Terminal(true, true, () -> 60);
        var outcome = install("a");

        assertThat(outcome.err()).contains("  a  connecting …\n").contains("\u001b[1A\r\u001b[J  a  copying …\n");
        assertThat(outcome.out()).startsWith("a: agent a installed");
    }

    @Test
    void anInterruptEndsAllOfIt() {
        hosts.put("a", "ssh-hangs", "");
        hosts.put("b", "ssh-hangs", "");
        var running = cli.start("agent", "install", "--archive", archive, "--parallel", "1", "a", "b");
        await().until(() -> Files.exists(hosts.on("a", "ssh-hangs.now")));
        cli.interrupts.press();

        var outcome = running.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.err()).isEqualTo("ganger: interrupted; what is half done is taken up again by the same command\n");
        assertThat(hosts.on("b", "ssh-hangs.now")).doesNotExist();
    }

    @Test
    void uninstallingTellsTheCoordinatorOnlyIfItIsForEver() {
        letJoin("a");
        install("a");
        var nobody = new Cli();
        nobody.environment.putAll(hosts.environment());
        assertThat(nobody.run("agent", "uninstall", "a").out()).startsWith("a: uninstalled after ").contains("left there: ");
        assertThat(coordinator.agents).anyMatch(agent -> agent.id().name().equals("a"));

        assertThat(cli.run("agent", "uninstall", "a", "--purge").out()).isEqualTo("a: nothing was installed\n");
        assertThat(coordinator.agents).noneMatch(agent -> agent.id().name().equals("a"));
    }

    @Test
    void aTokenIsEnoughForThisMachine() throws IOException {
        cli.environment.put("HOME", hosts.on("a", "").toString());
        cli.environment.put("FAKE_HOST", "a");
        var file = Files.writeString(hosts.folder.resolve("given"), "ganger agent run --join " + token("x") + "\n");

        assertThat(cli.run("agent", "install", "--local", "--archive", archive, "--join", "@" + file).out())
                .startsWith("this machine: agent a installed");
        assertThat(hosts.read("a", "token")).isEqualTo(token("x"));
        assertThat(hosts.read("a", ".config/ganger/agent.yaml")).doesNotContain("coordinator");
        cli.environment.put("HOME", hosts.on("b", "").toString());
        assertThat(cli.stdin(token("y")).run("agent", "install", "--local", "--archive", archive, "--join", "-").code())
                .isZero();
        assertThat(hosts.read("b", "token")).isEqualTo(token("y"));
        assertThat(cli.run("agent", "install", "--local", "--join", "@/nowhere").err())
                .isEqualTo("ganger: cannot read '/nowhere': no such file\n");
        assertUsage("this is no token: one begins with 'ganger-agent-' or", "--local", "--join", "x");
        assertUsage("this token is for a user: 'ganger login TOKEN' uses it", "--local", "--join",
                tokenOf(TokenLine.Kind.USER, "x"));
        assertUsage("--join is for --local; ", "--join", "x", "a");
    }

    private static String token(String id) {
        return tokenOf(TokenLine.Kind.AGENT, id);
    }

    private static String tokenOf(TokenLine.Kind kind, String id) {
        return new TokenLine(kind, "queue-host:7411", new Fingerprint(Bytes.of(new byte[32])), id,
                Bytes.of(new byte[TokenLine.SECRET_BYTES]), "").word();
    }

    @Test
    void whatIsWrongIsSaidBeforeAnyHostIsAsked() {
        assertUsage("expected machines, for example ubuntu@web-7, or --local for this one");
        assertUsage("--local means this machine; leave it out, or leave 'a' out", "--local", "a");
        assertUsage("--name is for one machine, and these are 2", "--name", "x", "a", "b");
        assertUsage("--parallel is a number from 1 to 256, not 0", "--parallel", "0", "a");
        assertUsage("--slots is a number from 1 to ", "--slots", "0", "a");
        assertUsage("--label: expected KEY=VALUE, for example zone=a, not 'zone'", "--label", "zone", "a");
        assertUsage("--prefix is a folder that begins with / ", "--prefix", "/a b", "a");
        assertUsage("expected a host as ssh understands it, ", "--", "-oProxyCommand=x");
        assertUsage("expected an archive named ganger-VERSION-linux-ARCH.tar.gz, not 'x.zip'", "--archive", "x.zip", "a");
        assertThat(hosts.folder.resolve("ssh-arguments")).doesNotExist();
        assertThat(cli.run("agent", "install", "a").err())
                .contains("name a published archive with --archive FILE");
    }

    @Test
    void inPlainTextNoOtherMachineGetsAnAgent() {
        try (var plain = new FakeCoordinator()) {
            assertUsage("--insecure is plain text, and only for this machine: --local; ", "--insecure", "--coordinator",
                    plain.address(),
                    "a");
        }
    }

    private void assertUsage(String sentence, String... words) {
        var outcome = install(words);
        assertThat(outcome.err()).startsWith("ganger: " + sentence);
        assertThat(outcome.code()).isEqualTo(2);
    }
}
