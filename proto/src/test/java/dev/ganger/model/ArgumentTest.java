package dev.ganger.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Placeholders: found where they are meant, left alone where they are not. */
final class ArgumentTest {
    @Test
    void placeholdersAreFilledInForEachTask() {
        assertThat(filled("{}")).isEqualTo("host");
        assertThat(filled("a{}b{#}c{}")).isEqualTo("ahostb7chost");
    }

    @Test
    void otherBracesAndThoseAfterADollarAreLeftAlone() {
        assertThat(filled("${}")).isEqualTo("${}");
        assertThat(filled("{a} {.} {#x} { }")).isEqualTo("{a} {.} {#x} { }");
        assertThat(filled("{")).isEqualTo("{");
        assertThat(filled("$ {}")).isEqualTo("$ host");
    }

    @Test
    void bytesThatAreNotUtf8StayAsTheyAre() {
        var odd = Bytes.of((byte) 0xff, (byte) '{', (byte) '}', (byte) 0xfe);
        assertThat(Argument.parse(odd, false, false).fill(new Values(Bytes.of((byte) 0x80)))).isEqualTo(
                Bytes.of((byte) 0xff, (byte) 0x80, (byte) 0xfe));
    }

    @Test
    void anEmptyArgumentIsEmpty() {
        assertThat(Argument.literal(Bytes.EMPTY).fill(new Values(Bytes.utf8("host")))).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aNulByteIsRefused() {
        assertThatThrownBy(() -> Argument.literal(Bytes.of((byte) 'a', (byte) 0))).hasMessageContaining("NUL");
    }

    @Test
    void fieldsAreFoundWhereTheyAreWanted() {
        var values = new Values(Bytes.utf8("host"));
        assertThat(Argument.parse(Bytes.utf8("{.ip}:{.größe-1}"), true, false).fill(values)).hasToString("<ip>:<größe-1>");
        assertThat(Argument.parse(Bytes.utf8("{.ip} ${.ip} {.} {.a b}"), true, false).fill(values))
                .hasToString("<ip> ${.ip} {.} {.a b}");
        assertThat(filled("{.ip}")).isEqualTo("{.ip}");
    }

    @Test
    void valuesAreQuotedForAShellWhereThatIsWanted() {
        assertThat(Argument.parse(Bytes.utf8("echo {} {#}"), false, true).fill(new Values(Bytes.utf8("it's $HOME"))))
                .hasToString("echo 'it'\\''s $HOME' 7");
        assertThat(ShellQuote.forPeople(Bytes.utf8("a/b.c"))).hasToString("a/b.c");
        assertThat(ShellQuote.forPeople(Bytes.EMPTY)).hasToString("''");
    }

    private static String filled(String text) {
        return Argument.parse(Bytes.utf8(text), false, false).fill(new Values(Bytes.utf8("host"))).toString();
    }

    /** A task with index 7. */
    private record Values(Bytes entry) implements TaskValues {
        @Override
        public long index() {
            return 7;
        }

        @Override
        public Bytes field(String name) {
            return Bytes.utf8("<" + name + ">");
        }
    }
}
