package dev.ganger.coordinator;

import dev.ganger.config.Choices;
import dev.ganger.config.Configuration;
import dev.ganger.config.Key;
import dev.ganger.config.Setting;
import dev.ganger.config.WrongSetting;
import dev.ganger.coordinator.core.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a coordinator is by flags, variables, its file and by default. */
final class CoordinatorOptionsTest {
    @TempDir
    Path folder = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void atHome() {
        environment.put("HOME", folder.toString());
    }

    /** What is chosen, and how. */
    private record Chosen(CoordinatorSettings settings, List<Setting> shown) {
        String shown(Key key) {
            return shown.stream().filter(setting -> setting.key().equals(key.name()))
                    .map(setting -> setting.value() + " " + setting.origin().source().word() + " " + setting.origin().place())
                    .findFirst().orElseThrow();
        }
    }

    private Chosen chosen(boolean root, String... flags) {
        var options = new CoordinatorOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options)).parseArgs(flags);
        var choices = new Choices(Configuration.read(CoordinatorOptions.keys(), environment, folder.resolve("etc")));
        return new Chosen(options.choose(choices, environment, root), choices.settings());
    }

    private CoordinatorSettings settings(String... flags) {
        return chosen(false, flags).settings();
    }

    private Path file(String... lines) throws IOException {
        var file = Files.createDirectories(folder.resolve(".config/ganger")).resolve("coordinator.yaml");
        return Files.write(file, List.of(lines));
    }

    @Test
    void byDefaultItServesThisMachine() {
        var byDefault = settings();
        assertThat(byDefault.listen()).hasToString("localhost:7411");
        assertThat(byDefault.data()).isEqualTo(folder.resolve(".local/share/ganger/coordinator"));
        assertThat(byDefault.bounds()).isEqualTo(Settings.DEFAULT);
        assertThat(byDefault.retainBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(byDefault.access())
                .isEqualTo(new AccessSettings(false, null, Duration.ofDays(7), folder.resolve(".config/ganger")));
        assertThat(chosen(true).settings().data()).isEqualTo(Path.of("/var/lib/ganger/coordinator"));
    }

    @Test
    void whatIsSaidIsWhatItIs() {
        environment.put("XDG_CONFIG_HOME", "/xdg");
        var settings = settings("--listen", "0.0.0.0:0", "--advertise", "queue.example:7000", "--certificate-life", "10s",
                "--data", "/d", "--queue-limit", "5", "--queue-bytes",
                "1K", "--lease", "60ms", "--retain", "1h", "--retain-bytes", "2G");
        assertThat(settings).isEqualTo(new CoordinatorSettings(dev.ganger.wire.Address.parse("0.0.0.0:0"), Path.of("/d"),
                new Settings(5, 1024, Duration.ofMillis(60), Duration.ofHours(1)), 2L << 30,
                new AccessSettings(false, dev.ganger.wire.Address.parse("queue.example:7000"), Duration.ofSeconds(10),
                        Path.of("/xdg/ganger"))));
    }

    @Test
    void aFlagBeatsAVariableBeatsTheFileBeatsTheDefaultForEveryOption() throws IOException {
        for (var key : CoordinatorOptions.keys().all()) {
            Files.deleteIfExists(folder.resolve(".config/ganger/coordinator.yaml"));
            environment.keySet().removeIf(name -> name.startsWith("GANGER_"));
            assertThat(chosen(false).shown(key)).endsWith(" default ");

            var file = file("# of ours", key.name() + ": " + value(key, 1));
            assertThat(chosen(false).shown(key)).isEqualTo(value(key, 1) + " file " + file + ":2");
            var variable = "GANGER_COORDINATOR_" + key.name().toUpperCase(Locale.ROOT).replace('-', '_');
            environment.put(variable, value(key, 2));
            assertThat(chosen(false).shown(key)).isEqualTo(value(key, 2) + " variable " + variable);
            assertThat(chosen(false, "--" + key.name() + "=" + value(key, 3)).shown(key))
                    .isEqualTo(value(key, 3) + " flag --" + key.name());
        }
    }

    private static String value(Key key, int number) {
        return switch (key.name()) {
            case "listen" -> "127.0.0." + number + ":7411";
            case "data" -> "/data/" + number;
            case "queue-limit" -> number + "000";
            case "queue-bytes", "retain-bytes" -> number + "G";
            case "lease" -> number + "0s";
            case "retain" -> number + "d";
            case "advertise" -> "queue-" + number + ":7411";
            case "certificate-life" -> number + "h";
            case "insecure" -> Boolean.toString(number % 2 == 1);
            default -> throw new AssertionError("a new option: " + key.name());
        };
    }

    @Test
    void everyMistakeInAFlagIsASentence() {
        assertWrong("invalid value for option '--listen': expected HOST:PORT, for example localhost:7411, not ':1'", "--listen",
                ":1");
        assertWrong(
                "invalid value for option '--listen': --insecure is for this machine only, and whoever reaches 0.0.0.0:7411 could"
                        + " run commands on every agent; leave --insecure away, or listen on localhost",
                "--listen", "0.0.0.0", "--insecure");
        assertWrong("invalid value for option '--advertise': expected HOST:PORT, for example localhost:7411, not ':1'",
                "--advertise", ":1");
        assertWrong("invalid value for option '--certificate-life': expected 10s or more, not '9s'", "--certificate-life", "9s");
        assertWrong("invalid value for option '--data': expected a folder, not ''", "--data", "");
        assertWrong("invalid value for option '--queue-limit': expected a whole number from 1 to 1000000000000, not '0'",
                "--queue-limit", "0");
        assertWrong("invalid value for option '--queue-limit': expected a whole number from 1 to 1000000000000, not '10M'",
                "--queue-limit", "10M");
        assertWrong("invalid value for option '--queue-bytes': expected a size of 1 or more, not '0K'", "--queue-bytes", "0K");
        assertWrong("invalid value for option '--queue-bytes': expected a size, for example 512K, 64M or 4G, not '4GB'",
                "--queue-bytes", "4GB");
        assertWrong("invalid value for option '--lease': expected 60ms or more, not '59ms'", "--lease", "59ms");
        assertWrong("invalid value for option '--lease': expected a length of time, for example 500ms, 10s or 1h30m, not '60'",
                "--lease", "60");
        assertWrong("invalid value for option '--retain': a length of time is at most 100000d, not '999999999d'", "--retain",
                "999999999d");
        assertWrong("invalid value for option '--retain-bytes': a size of 999999999999T is too large", "--retain-bytes",
                "999999999999T");
    }

    @Test
    void everyMistakeInAFileOrVariableIsASentence() throws IOException {
        var file = file("lease: 60");
        assertWrong(file + ":1: invalid value for 'lease': expected a length of time, for example 500ms, 10s or 1h30m, not '60'");
        file("insecure: yes");
        assertWrong(file + ":1: invalid value for 'insecure': expected true or false, not 'yes'");
        file("", "queue_limit: 3");
        assertWrong(file + ":2: unknown key 'queue_limit'; the nearest known one is 'queue-limit'");
        file("slots: 3");
        assertWrong(file + ":1: unknown key 'slots'; known are advertise, certificate-life, data, insecure, lease, listen,"
                + " queue-bytes, queue-limit, retain, retain-bytes");
        file("listen: '*:7411'", "insecure: true");
        assertThatThrownBy(() -> chosen(false))
                .hasMessageStartingWith(file + ":1: invalid value for 'listen': --insecure is for this machine only");
        file();
        environment.put("GANGER_COORDINATOR_LEASE", "soon");
        assertWrong("the variable GANGER_COORDINATOR_LEASE is wrong: expected a length of time, for example 500ms, 10s or 1h30m,"
                + " not 'soon'");
        environment.put("GANGER_COORDINATOR_LISTN", "h");
        assertWrong("unknown variable GANGER_COORDINATOR_LISTN; the nearest known one is GANGER_COORDINATOR_LISTEN");
    }

    private void assertWrong(String sentence, String... flags) {
        assertThatThrownBy(() -> chosen(false, flags)).isInstanceOf(WrongSetting.class).hasMessage(sentence);
    }

    @Test
    void plainTextStaysOnThisMachineAndTheRestIsEncrypted() {
        assertThat(settings("--listen", "127.0.0.1:1", "--insecure").access().insecure()).isTrue();
        assertThat(settings("--listen", "0.0.0.0:1").access().insecure()).isFalse();
    }

    @Test
    void aHostAloneIsAdvertisedWithThePortOfTheMoment() {
        for (var host : List.of("queue.example", "10.0.0.1", "[fd00::1]")) {
            assertThat(settings("--advertise", host).access().advertise()).hasToString(host + ":0");
        }
        assertThat(settings("--advertise", "[fd00::1]:7000").access().advertise()).hasToString("[fd00::1]:7000");
    }

    @Test
    void variablesOfAContainerEngineDoNoHarm() {
        environment.putAll(Map.of("GANGER_COORDINATOR", "the client's", "GANGER_COORDINATOR_PORT", "tcp://10.0.0.1:7411",
                "GANGER_COORDINATOR_SERVICE_HOST", "10.0.0.1", "GANGER_COORDINATOR_SERVICE_PORT", "7411",
                "GANGER_COORDINATOR_PORT_7411_TCP", "tcp://10.0.0.1:7411", "GANGER_COORDINATOR_PORT_7411_TCP_PROTO", "tcp"));
        assertThat(settings().listen()).hasToString("localhost:7411");
    }

    @Test
    void everyKeyIsAnOptionOfTheContract() {
        assertThat(CoordinatorOptions.keys().all()).extracting(Key::name).containsExactlyInAnyOrder("listen", "data",
                "queue-limit", "queue-bytes", "lease", "retain", "retain-bytes", "advertise", "certificate-life", "insecure");
    }
}
