package dev.ganger.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.config.Bakery.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Flag beats variable beats the user's file beats the system's beats the default. */
final class ChoicesTest {
    @TempDir
    Path folder = Path.of("");
    private Bakery bakery = new Bakery(folder);

    @BeforeEach
    void open() {
        bakery = new Bakery(folder);
    }

    private String oven(String flag) {
        return shown("oven", choices -> choices.value("oven", flag.isEmpty() ? null : flag, "cold", text -> text));
    }

    private String shown(String key, java.util.function.Consumer<Choices> choose) {
        var choices = bakery.choices();
        choose.accept(choices);
        var setting = choices.settings().getFirst();
        assertThat(setting.key()).isEqualTo(key);
        return "%s by %s %s".formatted(setting.value(), setting.origin().source().word(), setting.origin().place()).strip();
    }

    @Test
    void eachSourceBeatsThoseAfterIt() throws IOException {
        assertThat(oven("")).isEqualTo("cold by default");
        write(bakery.ofSystem(), "# ours\noven: warm\n");
        assertThat(oven("")).isEqualTo("warm by file " + bakery.ofSystem() + ":2");
        write(bakery.ofUser(), "oven: hot");
        assertThat(oven("")).isEqualTo("hot by file " + bakery.ofUser() + ":1");
        bakery.environment.put("GANGER_OVEN", "hotter");
        assertThat(oven("")).isEqualTo("hotter by variable GANGER_OVEN");
        bakery.environment.put("GANGER_BAKER_OVEN", "hottest");
        assertThat(oven("")).isEqualTo("hottest by variable GANGER_BAKER_OVEN");
        assertThat(oven("red")).isEqualTo("red by flag --oven");
    }

    @Test
    void filesAreBothReadKeyByKey() throws IOException {
        write(bakery.ofSystem(), "oven: warm\nname: ours");
        write(bakery.ofUser(), "name: mine");
        assertThat(oven("")).startsWith("warm by file");
        assertThat(shown("name", choices -> choices.optional("name", null, text -> text))).startsWith("mine by file");
    }

    @Test
    void aVariableNamesAnotherFileInPlaceOfBoth() throws IOException {
        write(bakery.ofSystem(), "oven: warm");
        write(bakery.ofUser(), "name: mine");
        write(folder.resolve("other"), "loaf-count: 3");
        bakery.environment.put("GANGER_BAKER_CONFIG", folder.resolve("other").toString());
        assertThat(oven("")).isEqualTo("cold by default");
        assertThat(shown("loaf-count", choices -> choices.value("loaf-count", null, "1", Integer::valueOf)))
                .isEqualTo("3 by file " + folder.resolve("other") + ":1");
        bakery.environment.put("GANGER_BAKER_CONFIG", "/dev/null");
        assertThat(oven("")).isEqualTo("cold by default");
        bakery.environment.put("GANGER_BAKER_CONFIG", "");
        assertThat(oven("")).startsWith("warm by file");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        bakery.environment.put("GANGER_BAKER_OVEN", "");
        assertThat(oven("")).isEqualTo("cold by default");
    }

    @Test
    void whatIsOpenHasNoValue() {
        assertThat(shown("name", choices -> assertThat(choices.<String>optional("name", null, text -> text)).isNull()))
                .isEqualTo("by default");
        assertThat(shown("name", choices -> choices.optional("name", "ada", text -> text))).isEqualTo("ada by flag --name");
    }

    @Test
    void aSwitchIsTrueOrFalseAndAFlagCanTakeItBack() throws IOException {
        assertThat(bakery.choices().truth("open", null)).isFalse();
        write(bakery.ofUser(), "open: true");
        assertThat(bakery.choices().truth("open", null)).isTrue();
        assertThat(bakery.choices().truth("open", false)).isFalse();
        bakery.environment.put("GANGER_BAKER_OPEN", "false");
        assertThat(bakery.choices().truth("open", null)).isFalse();
        assertThat(bakery.choices().truth("open", true)).isTrue();
    }

    @Test
    void pairsAreReplacedNotPutTogether() throws IOException {
        assertThat(flours()).isEmpty();
        write(bakery.ofSystem(), "flour:\n  rye: 1\n  spelt: \"2, or 3\"\n");
        assertThat(flours()).containsExactly("rye=1", "spelt=2, or 3");
        write(bakery.ofUser(), "flour: {oat: 4}");
        assertThat(flours()).containsExactly("oat=4");
        bakery.environment.put("GANGER_BAKER_FLOUR", "rye=5,oat=6");
        assertThat(flours()).containsExactly("rye=5", "oat=6");
        assertThat(flours("corn=7,8")).containsExactly("corn=7,8");
    }

    private List<String> flours(String... flags) {
        return bakery.choices().pairs("flour", List.of(flags), values -> values);
    }

    @Test
    void valuesAreTakenAsTheyAreWritten() throws IOException {
        for (var written : List.of("08", "1_000", "0x10", "1e3", "no", "2026-11-01", "12:30:45", "~/x", "a: b")) {
            write(bakery.ofUser(), "oven: '" + written + "'");
            assertThat(oven("")).startsWith(written + " by file");
            if (!written.contains(" ")) {
                write(bakery.ofUser(), "oven: " + written);
                assertThat(oven("")).startsWith(written + " by file");
            }
        }
        write(bakery.ofUser(), "oven: ''");
        assertThat(oven("")).startsWith("by file");
    }

    @Test
    void whatIsWrongWithAValueIsSaidWhereItStands() throws IOException {
        assertThat(wrongCount("many")).isEqualTo("invalid value for option '--loaf-count': expected a number, not 'many'");
        bakery.environment.put("GANGER_BAKER_LOAF_COUNT", "some");
        assertThat(wrongCount(null)).isEqualTo("the variable GANGER_BAKER_LOAF_COUNT is wrong: expected a number, not 'some'");
        bakery.environment.clear();
        bakery.environment.put("HOME", folder.resolve("home").toString());
        write(bakery.ofUser(), "oven: hot\nloaf-count: few");
        assertThat(wrongCount(null))
                .isEqualTo(bakery.ofUser() + ":2: invalid value for 'loaf-count': expected a number, not 'few'");
        assertThat(wrongCount("1\n2"))
                .isEqualTo("invalid value for option '--loaf-count': there is a control character in it");
    }

    private String wrongCount(@org.jspecify.annotations.Nullable String flag) {
        return wrong(() -> bakery.choices().value("loaf-count", flag, "1", text -> {
            throw new IllegalArgumentException("expected a number, not '" + text + "'");
        }));
    }

    @Test
    void aFolderIsAbsoluteAndInAFileToBeginWith() throws IOException {
        assertThat(bakery.choices().folder("oven", null, () -> "/var/oven")).isEqualTo(Path.of("/var/oven"));
        assertThat(bakery.choices().folder("oven", "oven", () -> "/var/oven")).isEqualTo(Path.of("oven").toAbsolutePath());
        write(bakery.ofUser(), "oven: /srv/oven");
        assertThat(bakery.choices().folder("oven", null, () -> "/var/oven")).isEqualTo(Path.of("/srv/oven"));
        write(bakery.ofUser(), "oven: ~/oven");
        assertThat(wrong(() -> bakery.choices().folder("oven", null, () -> "/var/oven")))
                .isEqualTo(bakery.ofUser() + ":1: invalid value for 'oven': expected a folder from the root, for example"
                        + " /srv/ganger, not '~/oven'");
        assertThat(wrong(() -> bakery.choices().folder("oven", " ", () -> "/var/oven")))
                .isEqualTo("invalid value for option '--oven': expected a folder, not ' '");
    }

    @Test
    void whatIsWrongOnlyTogetherWithOtherThingsIsSaidThereToo() throws IOException {
        write(bakery.ofUser(), "oven: hot");
        var choices = bakery.choices();
        choices.value("oven", null, "cold", text -> text);
        assertThat(wrong(() -> choices.checked("oven", () -> {
            throw new IllegalArgumentException("too hot for oats");
        }))).isEqualTo(bakery.ofUser() + ":1: invalid value for 'oven': too hot for oats");
    }

    private static String wrong(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var message = new StringBuilder();
        assertThatThrownBy(call).isInstanceOfSatisfying(WrongSetting.class, wrong -> message.append(wrong.sentence()));
        return message.toString();
    }
}
