package dev.ganger.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the client is told by flags, variables, its file and by default, and how that is shown. */
final class ConfigTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = new Cli();
    @TempDir
    Path home = Path.of("");

    @BeforeEach
    void atHome() {
        cli.environment.remove("GANGER_CONFIG");
        cli.environment.put("HOME", home.toString());
    }

    @AfterEach
    void end() {
        coordinator.close();
    }

    private Path file(String... lines) throws IOException {
        var file = Files.createDirectories(home.resolve(".config/ganger")).resolve("client.yaml");
        return Files.writeString(file, String.join("\n", lines));
    }

    private String shown(String key, String... flags) {
        var words = Stream.concat(Stream.of("config"), Stream.of(flags));
        var lines = cli.run(words.toArray(String[]::new)).lines();
        assertThat(lines.getFirst().split(" +")).containsExactly("KEY", "VALUE", "SOURCE", "ORIGIN");
        return lines.stream().filter(line -> line.startsWith(key + " ")).findFirst().orElseThrow().replaceAll(" +", " ");
    }

    @Test
    void aFlagBeatsAVariableBeatsTheFileBeatsTheDefault() throws IOException {
        assertThat(shown("coordinator")).isEqualTo("coordinator localhost:7411 default -");
        var file = file("# of ours", "coordinator: from-file");
        assertThat(shown("coordinator")).isEqualTo("coordinator from-file file " + file + ":2");
        cli.environment.put("GANGER_COORDINATOR", "from-variable");
        assertThat(shown("coordinator")).isEqualTo("coordinator from-variable variable GANGER_COORDINATOR");
        assertThat(shown("coordinator", "--coordinator", "from-flag"))
                .isEqualTo("coordinator from-flag:7411 flag --coordinator");
    }

    @Test
    void soItDoesForTheFormat() throws IOException {
        assertThat(shown("output")).isEqualTo("output table default -");
        file("output: quiet");
        assertThat(cli.run("config").lines()).containsExactly("coordinator", "context", "insecure", "output", "no-color");
        cli.environment.put("GANGER_OUTPUT", "table");
        assertThat(shown("output")).isEqualTo("output table variable GANGER_OUTPUT");
        cli.environment.put("GANGER_OUTPUT", "quiet");
        assertThat(shown("output", "-o", "table")).isEqualTo("output table flag --output");
    }

    @Test
    void soItDoesForColours() throws IOException {
        assertThat(shown("no-color")).isEqualTo("no-color false default -");
        var file = file("no-color: true");
        assertThat(shown("no-color")).isEqualTo("no-color true file " + file + ":1");
        file("no-color: false");
        cli.environment.put("NO_COLOR", "0");
        assertThat(shown("no-color")).isEqualTo("no-color true variable NO_COLOR");
        assertThat(shown("no-color", "--no-color=false")).isEqualTo("no-color false flag --no-color");
    }

    @Test
    void verbsDoAsIsConfigured() throws IOException {
        file("coordinator: " + coordinator.address(), "insecure: true", "output: quiet");
        assertThat(cli.run("submit", "true").out()).isEqualTo("1\n");
        assertThat(cli.run("jobs").out()).isEqualTo("1\n");
        cli.environment.put("XDG_CONFIG_HOME", home.resolve("elsewhere").toString());
        assertThat(cli.run("jobs", "--insecure", "--coordinator", coordinator.address()).out()).startsWith("JOB");
        cli.environment.put("GANGER_CONFIG", home.resolve(".config/ganger/client.yaml").toString());
        assertThat(cli.run("jobs").out()).isEqualTo("1\n");
    }

    @Test
    void programsReadOneObject() throws IOException {
        var file = file("output: json");
        assertThat(cli.run("config").out()).isEqualTo("{\"program\":\"client\",\"settings\":["
                + "{\"key\":\"coordinator\",\"value\":\"localhost:7411\",\"source\":\"default\",\"origin\":null},"
                + "{\"key\":\"context\",\"value\":null,\"source\":\"default\",\"origin\":null},"
                + "{\"key\":\"insecure\",\"value\":\"false\",\"source\":\"default\",\"origin\":null},"
                + "{\"key\":\"output\",\"value\":\"json\",\"source\":\"file\",\"origin\":\"" + file + ":1\"},"
                + "{\"key\":\"no-color\",\"value\":\"false\",\"source\":\"default\",\"origin\":null}]}\n");
    }

    @Test
    void everyMistakeIsASentenceAndTwo() throws IOException {
        var file = file("outptu: json");
        assertWrong(file + ":1: unknown key 'outptu'; the nearest known one is 'output'");
        file("slots: 3");
        assertWrong(file + ":1: unknown key 'slots'; known are context, coordinator, insecure, no-color, output");
        file("output: xml");
        assertWrong(file + ":1: invalid value for 'output': expected table, json or quiet, not 'xml'");
        file("", "no-color: yes");
        assertWrong(file + ":2: invalid value for 'no-color': expected true or false, not 'yes'");
        file("coordinator: h:x");
        assertWrong(file + ":1: invalid value for 'coordinator': a port is a number from 0 to 65535, not 'x' in 'h:x'");
        file("output: json", " coordinator: h");
        assertThat(cli.run("jobs").err()).startsWith("ganger: " + file + ":2:13: this is not YAML: ").hasLineCount(1);
        cli.environment.put("GANGER_CONFIG", "/no/such/file");
        assertWrong("the variable GANGER_CONFIG is wrong: there is no file '/no/such/file'");
    }

    private void assertWrong(String sentence) {
        var outcome = cli.run("jobs");
        assertThat(outcome.err()).isEqualTo("ganger: " + sentence + "\n");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void mistakesAreToldInTheFormatThatIsConfigured() throws IOException {
        file("output: json", "coordinator: h:x");
        assertThat(cli.run("jobs").err()).startsWith("{\"error\":{\"code\":\"usage\",\"message\":");
        assertThat(cli.run("jöbs").err()).startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"no such verb: 'jöbs'");
        file("outptu: json");
        assertThat(cli.run("jobs", "-o", "json").err()).startsWith("{\"error\":");
        cli.environment.put("GANGER_OUTPUT", "json");
        assertThat(cli.run("jobs").err()).startsWith("{\"error\":");
    }

    @Test
    void helpIsThereWhateverIsConfigured() throws IOException {
        file("nonsense");
        cli.environment.put("GANGER_OUTPUT", "xml");
        for (var words : new String[]{"", "--help", "--version", "config --help", "jobs --version"}) {
            var outcome = words.isEmpty() ? cli.run() : cli.run(words.split(" "));
            assertThat(outcome.code()).as(words).isZero();
            assertThat(outcome.out()).as(words).isNotEmpty();
            assertThat(outcome.err()).as(words).isEmpty();
        }
    }

    @Test
    void otherProgramsAreAskedThemselves() throws IOException {
        cli.launcher = FakeLauncher.script(home,
                "printf 'slots\\t8\\tFILE\\t/etc/ganger/agent.yaml:2\\nlabel\\t\\tDEFAULT\\t\\n'; echo \"$@\" > %s/asked"
                        .formatted(home));
        assertThat(cli.run("config", "agent").lines()).containsExactly(
                "KEY    VALUE  SOURCE   ORIGIN", "slots  8      file     /etc/ganger/agent.yaml:2", "label  -      default  -");
        assertThat(home.resolve("asked")).hasContent("agent config");
        assertThat(cli.run("config", "coordinator", "-o", "json").out())
                .isEqualTo("{\"program\":\"coordinator\",\"settings\":[{\"key\":\"slots\",\"value\":\"8\",\"source\":\"file\","
                        + "\"origin\":\"/etc/ganger/agent.yaml:2\"},"
                        + "{\"key\":\"label\",\"value\":null,\"source\":\"default\",\"origin\":null}]}\n");
        assertThat(home.resolve("asked")).hasContent("coordinator config");
    }

    @Test
    void whatTheyComplainOfIsSaidAsOurs() throws IOException {
        cli.launcher = FakeLauncher.script(home, "echo 'ganger: agent.yaml:1: unknown key; see help' >&2; exit 2");
        var refused = cli.run("config", "agent", "-o", "json");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("{\"error\":{\"code\":\"usage\",\"message\":\"agent.yaml:1: unknown key; see help\"}}\n");

        cli.launcher = FakeLauncher.script(home, "echo 'out of memory' >&2; exit 3");
        var broken = cli.run("config", "agent");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).isEqualTo("ganger: the agent ended with exit code 3: out of memory\n");

        cli.launcher = home.resolve("no-such-launcher");
        assertThat(cli.run("config", "agent").err()).startsWith("ganger: cannot start '" + cli.launcher + "': ");
        cli.launcher = null;
        assertThat(cli.run("config", "agent").err())
                .isEqualTo("ganger: the agent is asked through the launcher; call it as 'ganger config agent'\n");
    }

    @Test
    void onlyThreeProgramsAreConfigured() {
        assertThat(cli.run("config", "client").out()).isEqualTo(cli.run("config").out());
        assertThat(cli.run("config", "agents").err())
                .isEqualTo("ganger: expected client, coordinator or agent, not 'agents'\n");
        assertThat(cli.run("config", "agents").code()).isEqualTo(2);
    }
}
