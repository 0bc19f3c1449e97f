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
        assertThat(Argument.parse(odd).fill(Bytes.of((byte) 0x80), 1)).isEqualTo(
                Bytes.of((byte) 0xff, (byte) 0x80, (byte) 0xfe));
    }

    @Test
    void anEmptyArgumentIsEmpty() {
        assertThat(Argument.literal(Bytes.EMPTY).fill(Bytes.utf8("host"), 7)).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aNulByteIsRefused() {
        assertThatThrownBy(() -> Argument.literal(Bytes.of((byte) 'a', (byte) 0))).hasMessageContaining("NUL");
    }

    private static String filled(String text) {
        return Argument.parse(Bytes.utf8(text)).fill(Bytes.utf8("host"), 7).toString();
    }
}
