package dev.ganger.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.config.Bakery.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What can be wrong with files and variables, and what is said about it. */
final class ConfigurationTest {
    @TempDir
    Path folder = Path.of("");
    private Bakery bakery = new Bakery(folder);

    @BeforeEach
    void open() {
        bakery = new Bakery(folder);
    }

    @Test
    void everyMistakeInAFileIsASentenceWithItsLine() throws IOException {
        // keys
        assertWrong(":2: unknown key 'loaf-cuont'; the nearest known one is 'loaf-count'", "oven: hot\nloaf-cuont: 3");
        assertWrong(":1: unknown key 'LOAF_COUNT'; the nearest known one is 'loaf-count'", "LOAF_COUNT: 3");
        assertWrong(":1: unknown key 'butter'; known are flour, loaf-count, name, open, oven", "butter: 3");
        assertWrong(":1: unknown key 'game'; the nearest known one is 'name'", "game: 3");
        assertWrong(":1: unknown key 'home'; known are flour, loaf-count, name, open, oven", "home: 3");
        assertWrong(":3: the key 'oven' is in line 1 too", "oven: hot\nname: x\noven: cold");
        assertWrong(":3: the key 'rye' is in line 2 too", "flour:\n  rye: 1\n  rye: 2");
        assertWrong(":2: the key 'r=e' may not have a '=' in it", "flour:\n  r=e: 1");
        assertWrong(":1: expected 'key: value', and the key a word", "? [oven]\n: hot");
        // values
        assertWrong(":1: 'oven' has no value; quote it if it is meant", "oven:\nname: x");
        assertWrong(":1: 'oven' has no value; quote it if it is meant", "oven: null");
        assertWrong(":2: 'rye' has no value; quote it if it is meant", "flour:\n  rye: ~");
        assertWrong(":1: the value of 'oven' is a list or a map; expected one value", "oven: [1, 2]");
        assertWrong(":2: the value of 'rye' is a list or a map; expected one value", "flour:\n  rye: {a: b}");
        assertWrong(":1: 'oven' takes one value, not a map", "oven: {a: b}");
        assertWrong(":1: 'flour' takes a map: below it, indented, a line 'key: value' each", "flour: rye=1");
        assertWrong(":2: the value of 'name' is an alias; write it out, or quote it if it begins with '*'",
                "oven: &x hot\nname: *x");
        // the file as a whole
        assertWrong(":1: expected 'key: value', a line each", "oven hot");
        assertWrong(":1: expected 'key: value', a line each", "- oven");
        assertWrong(":2: a second document begins, and only one is read", "oven: hot\n---\noven: cold");
        assertWrong(":2:7: this is not YAML: mapping values are not allowed here (a line is 'key: value')",
                "oven: hot\n  name: x");
        assertWrong(":2:1: this is not YAML: found unexpected end of stream while scanning a quoted scalar"
                + " (a line is 'key: value')", "oven: \"hot\n");
        assertWrong(":1:7: this is not YAML: found character '@' that cannot start any token. (Do not use @ for indentation)"
                + " while scanning for the next token (a line is 'key: value')", "oven: @hot");
        assertWrong(":2: this is not YAML: the character U+0001 is in it (a line is 'key: value')", "name: x\n\u0001oven: y\n");
        assertWrong(" is not UTF-8 text", "oven: h\u00f6t", StandardCharsets.ISO_8859_1);
        assertWrong(" has more than 1048576 bytes, which is no configuration", "#".repeat(ConfigFile.BYTES + 1));
    }

    private void assertWrong(String sentence, String content) throws IOException {
        assertWrong(sentence, content, StandardCharsets.UTF_8);
    }

    private void assertWrong(String sentence, String content, java.nio.charset.Charset charset) throws IOException {
        write(bakery.ofUser(), "");
        Files.writeString(bakery.ofUser(), content, charset);
        assertWrong(bakery.ofUser() + sentence);
    }

    private void assertWrong(String sentence) {
        assertThatThrownBy(bakery::configuration).isInstanceOf(WrongSetting.class).hasMessage(sentence);
    }

    @Test
    void aFileThatIsNotThereOrCannotBeReadIsSaid() throws IOException {
        Files.createDirectories(bakery.ofUser());
        assertWrong(bakery.ofUser() + " cannot be read: Is a directory");
        bakery.environment.put("GANGER_BAKER_CONFIG", "/no/such/file");
        assertWrong("the variable GANGER_BAKER_CONFIG is wrong: there is no file '/no/such/file'");
    }

    @Test
    void aFileThatMayNotBeReadIsSaid() throws IOException {
        write(bakery.ofUser(), "oven: hot");
        Files.setPosixFilePermissions(bakery.ofUser(), PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(bakery.ofUser()), "root may read everything");
        assertWrong(bakery.ofUser() + " cannot be read: permission denied");
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        for (var content : new String[]{"", "\n", "# oven: hot\n", "---\n", "--- ~\n...\n", "\ufeff"}) {
            write(bakery.ofUser(), content);
            assertThat(bakery.configuration().given("oven")).isNull();
        }
    }

    @Test
    void aVariableThatIsAlmostKnownWasMistyped() {
        bakery.environment.put("GANGER_BAKER_LOAFCOUNT", "3");
        assertWrong("unknown variable GANGER_BAKER_LOAFCOUNT; the nearest known one is GANGER_BAKER_LOAF_COUNT");
    }

    @Test
    void variablesOfOthersAreNamedAndDoNoHarm() {
        var others = Map.of("GANGER_BAKER_PORT", "tcp://10.0.0.1:80", "GANGER_BAKER_SERVICE_HOST", "10.0.0.1",
                "GANGER_BAKER_PORT_80_TCP_ADDR", "10.0.0.1");
        bakery.environment.putAll(others);
        bakery.environment.put("GANGER_BAKER_OVEN", "hot");
        bakery.environment.put("GANGER_BAKER_CONFIG", "/dev/null");
        assertThat(bakery.configuration().unknownVariables()).containsExactlyInAnyOrderElementsOf(others.keySet());
    }

    @Test
    void aHomeThatNoPathCanNameIsNoHome() {
        bakery.environment.put("HOME", "/home/\u0000");
        assertThat(bakery.configuration().given("oven")).isNull();
    }
}
