package dev.ganger.cli.view;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class WidthTest {
    @Test
    void wideAndCombiningCharactersAreMeasuredAsTerminalsShowThem() {
        assertThat(Width.of("abc")).isEqualTo(3);
        assertThat(Width.of("äöü")).isEqualTo(3);
        assertThat(Width.of("漢字")).isEqualTo(4);
        assertThat(Width.of("e\u0301")).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitEndsWithAnEllipsis() {
        assertThat(Width.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Width.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Width.cut("漢字漢字", 5)).isEqualTo("漢字…");
    }
}
