package dev.ganger.agent;

import dev.ganger.config.Choices;
import dev.ganger.config.Configuration;
import dev.ganger.config.Key;
import dev.ganger.config.Setting;
import dev.ganger.config.WrongSetting;
import dev.ganger.model.Bytes;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.TokenLine;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an agent is by flags, variables, its file and by default. */
final class AgentOptionsTest {
    @TempDir
    Path folder = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void atHome() {
        environment.put("HOME", folder.toString());
    }

    /** What is chosen, and how. */
    private record Chosen(AgentSettings settings, List<Setting> shown) {
        String shown(Key key) {
            return shown.stream().filter(setting -> setting.key().equals(key.name()))
                    .map(setting -> setting.value() + " " + setting.origin().source().word() + " " + setting.origin().place())
                    .findFirst().orElseThrow();
        }
    }

    private Chosen chosen(boolean root, String... flags) {
        var options = new AgentOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options)).setExpandAtFiles(false).parseArgs(flags);
        var choices = new Choices(Configuration.read(AgentOptions.keys(), environment, folder.resolve("etc")));
        return new Chosen(options.choose(choices, environment, root), choices.settings());
    }

    private AgentSettings settings(String... flags) {
        return chosen(false, flags).settings();
    }

    private Path file(String... lines) throws IOException {
        var file = Files.createDirectories(folder.resolve(".config/ganger")).resolve("agent.yaml");
        return Files.write(file, List.of(lines));
    }

    @Test
    void byDefaultItIsThisMachines() throws IOException {
        var byDefault = settings();
        assertThat(byDefault.coordinator()).hasToString("localhost:7411");
        assertThat(byDefault.name()).isEqualTo(InetAddress.getLocalHost().getHostName());
        assertThat(byDefault.slots()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(byDefault.labels()).isEmpty();
        assertThat(byDefault.data()).isEqualTo(folder.resolve(".local/share/ganger/agent").resolve(byDefault.name()));
        assertThat(byDefault.drainTimeout()).isNull();
        assertThat(byDefault.spoolLimit()).isEqualTo(AgentFolder.defaultSpoolLimit(folder)).isBetween(1L << 20, 4L << 30);
    }

    @Test
    void itsFolderEndsInItsName() {
        assertThat(settings("--name", "rack/7").data()).isEqualTo(folder.resolve(".local/share/ganger/agent/rack_7"));
        environment.put("XDG_DATA_HOME", "/data");
        assertThat(settings("--name", "seven").data()).isEqualTo(Path.of("/data/ganger/agent/seven"));
        assertThat(chosen(true, "--name", "seven").settings().data()).isEqualTo(Path.of("/var/lib/ganger/agent/seven"));
    }

    @Test
    void aFlagBeatsAVariableBeatsTheFileBeatsTheDefaultForEveryOption() throws IOException {
        for (var key : AgentOptions.keys().all()) {
            Files.deleteIfExists(folder.resolve(".config/ganger/agent.yaml"));
            environment.keySet().removeIf(name -> name.startsWith("GANGER_"));
            assertThat(chosen(false).shown(key)).endsWith(" default ");

            var file = file("# of ours", inFile(key, 1));
            assertThat(chosen(false).shown(key)).isEqualTo(value(key, 1) + " file " + file + ":2");
            var variable = "GANGER_AGENT_" + key.name().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
            environment.put(variable, value(key, 2));
            assertThat(chosen(false).shown(key)).isEqualTo(value(key, 2) + " variable " + variable);
            assertThat(chosen(false, flags(key)).shown(key))
                    .isEqualTo(value(key, 3) + " flag --" + key.name());
        }
    }

    private String[] flags(Key key) {
        return key.form() == Key.Form.SWITCH
                ? new String[]{"--" + key.name() + "=" + value(key, 3)}
                : Stream.of(value(key, 3).split(",")).flatMap(value -> Stream.of("--" + key.name(), value))
                        .toArray(String[]::new);
    }

    private String value(Key key, int number) {
        return switch (key.name()) {
            case "coordinator" -> "host" + number + ":7411";
            case "name" -> "agent" + number;
            case "join" -> "@" + tokenFile(number);
            case "insecure" -> Boolean.toString(number % 2 == 1);
            case "slots" -> Integer.toString(number);
            case "label" -> "zone=z" + number + ",disk=d";
            case "data" -> "/data/" + number;
            case "spool-limit" -> number + "G";
            case "drain-timeout" -> number + "m";
            default -> throw new AssertionError("a new option: " + key.name());
        };
    }

    private Path tokenFile(int number) {
        try {
            return Files.writeString(folder.resolve("token" + number), token(TokenLine.Kind.AGENT, "host:7411", "") + "\n");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String token(TokenLine.Kind kind, String address, String name) {
        return new TokenLine(kind, address, new Fingerprint(Bytes.of(new byte[32])), "id", Bytes.of(new byte[32]), name).word();
    }

    @Test
    void aTokenSaysWhereAndAsWhomToJoinAndIsNotShown() {
        var chosen = chosen(false, "--join", token(TokenLine.Kind.AGENT, "queue-host:7411", "vm-7"));
        assertThat(chosen.settings().coordinator()).hasToString("queue-host:7411");
        assertThat(chosen.settings().name()).isEqualTo("vm-7");
        assertThat(chosen.settings().data()).hasFileName("vm-7");
        assertThat(chosen.shown()).anySatisfy(setting -> assertThat(setting.line()).startsWith("join\t(secret)\tFLAG"));
        var elsewhere = settings("--join", token(TokenLine.Kind.AGENT, "queue-host:7411", "vm-7"), "--coordinator", "tunnel:1",
                "--name", "other");
        assertThat(elsewhere.coordinator()).hasToString("tunnel:1");
        assertThat(elsewhere.name()).isEqualTo("other");
    }

    @Test
    void aTokenThatIsNoneIsSaidWithoutRepeatingIt() {
        assertThatThrownBy(() -> settings("--join", "ganger-agent-secretsecret")).isInstanceOf(WrongSetting.class)
                .hasMessageContaining("'--join'", "damaged").hasMessageNotContaining("secretsecret");
        assertThatThrownBy(() -> settings("--join", token(TokenLine.Kind.USER, "h:1", "ann"))).isInstanceOf(WrongSetting.class)
                .hasMessageContaining("ganger login");
        assertThatThrownBy(() -> settings("--join", "@" + folder.resolve("nowhere"))).isInstanceOf(WrongSetting.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void plainTextIsForThisMachineOnly() {
        assertThat(settings("--insecure").insecure()).isTrue();
        assertThatThrownBy(() -> settings("--insecure", "--coordinator", "192.0.2.1:7411")).isInstanceOf(WrongSetting.class)
                .hasMessageContaining("192.0.2.1:7411", "--insecure");
    }

    private String inFile(Key key, int number) {
        return key.form() == Key.Form.PAIRS
                ? key.name() + ": {" + value(key, number).replace("=", ": ").replace(",", ", ") + "}"
                : key.name() + ": '" + value(key, number) + "'";
    }

    @Test
    void itsCoordinatorIsTheClientsUnlessItsOwnIsSaid() throws IOException {
        file("coordinator: from-file");
        environment.put("GANGER_COORDINATOR", "the-clients");
        assertThat(settings().coordinator()).hasToString("the-clients:7411");
        environment.put("GANGER_AGENT_COORDINATOR", "its-own");
        assertThat(settings().coordinator()).hasToString("its-own:7411");
    }

    @Test
    void labelsAreRepeatedFlagsAMapOrAListWithCommas() throws IOException {
        assertThat(settings("--label", "zone=a", "--label", "disk=ssd, fast").labels())
                .containsExactly(Map.entry("disk", "ssd, fast"), Map.entry("zone", "a"));
        file("label:", "  zone: b", "  acme.org/gpus: 2");
        assertThat(settings().labels()).containsExactly(Map.entry("acme.org/gpus", "2"), Map.entry("zone", "b"));
        environment.put("GANGER_AGENT_LABEL", "zone=c,disk=hdd");
        assertThat(settings().labels()).containsExactly(Map.entry("disk", "hdd"), Map.entry("zone", "c"));
    }

    @Test
    void everyMistakeInAFlagIsASentence() {
        assertWrong("invalid value for option '--coordinator': a port is a number from 0 to 65535, not 'x' in 'h:x'",
                "--coordinator", "h:x");
        assertWrong("invalid value for option '--name': an agent needs a name", "--name", "");
        assertWrong("invalid value for option '--name': an agent's name has at most 200 characters, this one has 201", "--name",
                "n".repeat(201));
        assertWrong("invalid value for option '--name': there is a control character in it", "--name", "a\u001b[1m");
        assertWrong("invalid value for option '--slots': expected a whole number from 1 to 10000, not '0'", "--slots", "0");
        assertWrong("invalid value for option '--slots': expected a whole number from 1 to 10000, not '10001'", "--slots",
                "10001");
        assertWrong("invalid value for option '--slots': expected a whole number from 1 to 10000, not 'all'", "--slots", "all");
        assertWrong("invalid value for option '--label': expected KEY=VALUE, for example zone=a, not 'zone'", "--label", "zone");
        assertWrong("invalid value for option '--label': the label 'zone' is there twice", "--label", "zone=a", "--label",
                "zone=b");
        assertWrong("invalid value for option '--data': expected a folder, not ''", "--data", "");
        assertWrong("invalid value for option '--spool-limit': expected a size, for example 512K, 64M or 4G, not 'much'",
                "--spool-limit", "much");
        assertWrong("invalid value for option '--spool-limit': expected a size of 1M or more, not '1K'", "--spool-limit", "1K");
        assertWrong("invalid value for option '--drain-timeout': expected a length of time, for example 500ms, 10s or 1h30m,"
                + " not 'long'", "--drain-timeout", "long");
    }

    @Test
    void everyMistakeInAFileOrVariableIsASentence() throws IOException {
        var file = file("slots: many");
        assertWrong(file + ":1: invalid value for 'slots': expected a whole number from 1 to 10000, not 'many'");
        file("data: spool");
        assertWrong(file + ":1: invalid value for 'data': expected a folder from the root, for example /srv/ganger, not 'spool'");
        file("label: {zone one: a}");
        assertWrong(file + ":1: invalid value for 'label': the key of a label has 1 to 63 letters, digits, '.', '_', '/' and '-',"
                + " unlike 'zone one'");
        file("label: zone=a");
        assertWrong(file + ":1: 'label' takes a map: below it, indented, a line 'key: value' each");
        file("slot: 3");
        assertWrong(file + ":1: unknown key 'slot'; the nearest known one is 'slots'");
        file("queue-limit: 3");
        assertWrong(file + ":1: unknown key 'queue-limit'; known are " + names());
        file();
        environment.put("GANGER_AGENT_LABEL", "zone=a,b");
        assertWrong("the variable GANGER_AGENT_LABEL is wrong: expected KEY=VALUE, for example zone=a, not 'b'");
        environment.put("GANGER_AGENT_LABELS", "zone=a");
        assertWrong("unknown variable GANGER_AGENT_LABELS; the nearest known one is GANGER_AGENT_LABEL");
    }

    private static String names() {
        return String.join(", ", AgentOptions.keys().all().stream().map(Key::name).sorted().toList());
    }

    private void assertWrong(String sentence, String... flags) {
        assertThatThrownBy(() -> chosen(false, flags)).isInstanceOf(WrongSetting.class).hasMessage(sentence);
    }

    @Test
    void everyKeyIsAnOptionOfTheContract() {
        assertThat(AgentOptions.keys().all()).extracting(Key::name).containsExactlyInAnyOrder("coordinator", "name", "slots",
                "label", "data", "spool-limit", "drain-timeout", "join", "insecure");
    }
}
