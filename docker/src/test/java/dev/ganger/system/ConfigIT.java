package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is configured in files and variables holds for the programs as they are shipped. */
final class ConfigIT {
    @Test
    void programsDoAsTheirFilesSay() throws IOException {
        try (var site = new Site()) {
            Files.writeString(site.configuration("coordinator"), "queue-limit: 3\n");
            Files.writeString(site.configuration("agent"), "slots: 7\nlabel:\n  zone: a\n");
            Files.writeString(site.configuration("client"), "output: json\n");
            site.startCoordinator();
            site.startAgent("one");
            var agents = site.said("agents");
            assertThat(Site.values("total", agents)).as("of %s", agents).containsExactly("7");
            var refused = site.ganger("submit", "--no-wait", "--array", "1-4", "true");
            assertThat(refused.exitCode()).isEqualTo(6);
            assertThat(refused.err()).startsWith("{\"error\":");
        }
    }

    @Test
    void whatAProgramCannotMeanEndsItWithOneSentence() throws IOException {
        try (var site = new Site()) {
            assertRefused(site, "agent", "slots: 7\nslot: 7", ":2: unknown key 'slot'; the nearest known one is 'slots'");
            assertRefused(site, "coordinator", "lease: soon",
                    ":1: invalid value for 'lease': expected a length of time, for example"
                            + " 500ms, 10s or 1h30m, not 'soon'");
            assertRefused(site, "coordinator", "lease: 1s\n retain: 2d", ":2:8: this is not YAML: mapping values are not allowed"
                    + " here (a line is 'key: value')");
        }
    }

    private static void assertRefused(Site site, String program, String content, String sentence) throws IOException {
        var file = Files.writeString(site.configuration(program), content);
        var call = site.ganger(program, "run");
        assertThat(call.err()).isEqualTo("ganger: %s%s; see 'ganger %s run --help'%n".formatted(file, sentence, program));
        assertThat(call.exitCode()).isEqualTo(2);
        var shown = site.ganger("config", program);
        assertThat(shown.err()).startsWith("ganger: " + file + sentence).hasLineCount(1);
        assertThat(shown.exitCode()).isEqualTo(2);
    }

    @Test
    void configShowsWhereEachValueComesFrom() throws IOException {
        try (var site = new Site()) {
            var file = file(site.file("mine/ganger/agent.yaml"), "slots: 3\ndrain-timeout: 5m\n");
            var shown = site.shell("unset GANGER_AGENT_CONFIG; exec \"$ganger\" config agent",
                    Map.of("XDG_CONFIG_HOME", site.file("mine").toString(), "GANGER_AGENT_DRAIN_TIMEOUT", "1m"));
            assertThat(shown.exitCode()).as(shown.err()).isZero();
            assertThat(shown.out().lines().map(line -> line.replaceAll(" +", " ")))
                    .contains("slots 3 file " + file + ":1", "drain-timeout 1m variable GANGER_AGENT_DRAIN_TIMEOUT",
                            "coordinator localhost:0 variable GANGER_COORDINATOR", "label - default -");
            var coordinator = site.said("config", "coordinator", "-o", "json");
            assertThat(coordinator).startsWith("{\"program\":\"coordinator\",\"settings\":[{\"key\":\"listen\",");
            assertThat(Site.values("key", coordinator)).containsExactly("listen", "data", "queue-limit", "queue-bytes", "lease",
                    "retain", "retain-bytes", "advertise", "certificate-life", "insecure");
        }
    }

    @Test
    void aDemoIsNotDisturbedByWhatIsConfigured() throws IOException {
        try (var site = new Site()) {
            file(site.file("mine/ganger/agent.yaml"), "slots: none\n");
            file(site.file("mine/ganger/coordinator.yaml"), "queue-limit: 1\n");
            var demo = site.shell("unset GANGER_AGENT_CONFIG GANGER_COORDINATOR_CONFIG; exec \"$ganger\" demo --tasks 20",
                    Map.of("XDG_CONFIG_HOME", site.file("mine").toString(), "GANGER_AGENT_SLOTS", "none"));
            assertThat(demo.exitCode()).as(demo.err()).isZero();
        }
    }

    @Test
    void variablesThatAreNotOursAreNamedAndPassedOver() {
        try (var site = new Site()) {
            var help = site.shell(
                    "exec \"$ganger\" coordinator run --listen nowhere.invalid:0 --data " + site.file("data"),
                    Map.of("GANGER_COORDINATOR_SERVICE_HOST", "10.0.0.1"));
            assertThat(help.err()).contains("passed over: [GANGER_COORDINATOR_SERVICE_HOST]");
            assertThat(help.exitCode()).isOne();
        }
    }

    @Test
    void rootIsWarnedAtEachStart() throws IOException {
        try (var site = new Site()) {
            var isRoot = Files.getAttribute(site.folder(), "unix:uid").equals(0);
            for (var start = 1; start <= 2; start++) {
                var coordinator = site.startCoordinator();
                var agent = site.startAgent("one");
                assertThat(agent.err().contains("WARN  running as root: every task will be root on this machine"))
                        .isEqualTo(isRoot);
                agent.end();
                coordinator.end();
                assertThat(coordinator.err().contains("WARN  running as root: ")).isEqualTo(isRoot);
            }
        }
    }

    @Test
    void aProgramAlonePrintsItsHelpAndKnowsOnlyItsVerbs() {
        try (var site = new Site()) {
            assertThat(site.said("coordinator")).contains("  ganger coordinator run ", "  ganger coordinator install ")
                    .doesNotContain("coordinator config");
            assertThat(site.said("agent")).contains("  ganger agent run ", "  ganger agent drain ")
                    .doesNotContain("agent config");
            assertUnknown(site, "coordinator walk", "no such verb: 'coordinator walk'; see 'ganger coordinator --help'");
            assertUnknown(site, "agent walk", "no such verb: 'agent walk'; see 'ganger agent --help'");
        }
    }

    private static void assertUnknown(Site site, String words, String sentence) {
        var unknown = site.ganger(words.split(" "));
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("ganger: " + sentence + "\n");
    }

    /** They name every key there is, each with a value that its program takes; a token's file would have to be there. */
    @ParameterizedTest
    @ValueSource(strings = {"client", "coordinator", "agent"})
    void theExamplesOfTheDocumentationAreMeant(String program) throws IOException {
        var page = Files.readString(Path.of("../docs/configuration.md"));
        var example = Pattern.compile("```yaml\n(# \\S+/" + program + "\\.yaml\n.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(example.find()).isTrue();
        try (var site = new Site()) {
            Files.writeString(site.configuration(program), example.group(1));
            file(site.file("home/.config/ganger/contexts/lab/coordinator"), "queue.example:7411\n");
            var shown = site.shell("unset GANGER_COORDINATOR; exec \"$ganger\" config " + program + " -o json", Map.of());
            assertThat(shown.exitCode()).as(shown.err()).isZero();
            var sources = new ArrayList<>(Site.values("source", shown.out()));
            var token = Site.values("key", shown.out()).indexOf("join");
            if (token >= 0) {
                sources.remove(token);
            }
            assertThat(sources).as(shown.out()).contains("file").doesNotContain("variable", "default");
        }
    }

    private static Path file(Path file, String content) throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, content);
    }
}
