package dev.ganger.model;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What people write for lengths of time and sizes. */
final class AmountsTest {
    @Test
    void lengthsOfTimeAreSumsOfTheirParts() {
        assertThat(Amounts.duration("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Amounts.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Amounts.duration("0s")).isEqualTo(Duration.ZERO);
    }

    @Test
    void sizesArePowersOf1024() {
        assertThat(Amounts.bytes("7")).isEqualTo(7);
        assertThat(Amounts.bytes("4G")).isEqualTo(4L << 30);
        assertThat(Amounts.bytes("512K")).isEqualTo(512 << 10);
    }

    @Test
    void anythingElseIsRefusedWithTheValue() {
        assertThat(List.of("", "5", "-5s", "5 s", "1.5h", "s", "10sx")).allSatisfy(
                text -> assertThatThrownBy(() -> Amounts.duration(text)).hasMessageContaining("'" + text + "'"));
        assertThat(List.of("", "-1", "4X", "4GB", "1.5G")).allSatisfy(
                text -> assertThatThrownBy(() -> Amounts.bytes(text)).hasMessageContaining("'" + text + "'"));
        assertThatThrownBy(() -> Amounts.bytes("999999999999T")).hasMessageContaining("too large");
    }

    @Test
    void aLengthOfTimeCanBeCountedInAnyUnit() {
        assertThat(Amounts.duration("100000d").toNanos()).isPositive();
        assertThatThrownBy(() -> Amounts.duration("100000d1ms"))
                .hasMessage("a length of time is at most 100000d, not '100000d1ms'");
        assertThatThrownBy(() -> Amounts.duration("999999999d".repeat(200))).hasMessageContaining("at most");
    }

    @Test
    void numbersHaveBounds() {
        assertThat(Amounts.number("1", 1, 10)).isEqualTo(1);
        assertThat(Amounts.number("10", 1, 10)).isEqualTo(10);
        assertThat(List.of("", "0", "11", "-1", "+1", "1.5", "1e3", "ten", "99999999999999999999")).allSatisfy(
                text -> assertThatThrownBy(() -> Amounts.number(text, 1, 10))
                        .hasMessage("expected a whole number from 1 to 10, not '" + text + "'"));
    }
}
