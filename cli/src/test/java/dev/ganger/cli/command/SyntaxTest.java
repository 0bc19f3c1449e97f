package dev.ganger.cli.command;

import dev.ganger.model.Amounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SyntaxTest {
    @Test
    void lengthsOfTime() {
        assertThat(Amounts.duration("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Amounts.duration("10s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(Amounts.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Amounts.duration("2d")).isEqualTo(Duration.ofDays(2));
        for (var wrong : new String[]{"", "10", "s", "1h 30m", "-1s", "1.5s", "10s!"}) {
            assertThatThrownBy(() -> Amounts.duration(wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    void indices() {
        assertThat(Ranges.parse("1-1000").count()).isEqualTo(1000);
        assertThat(Ranges.parse("0-9:3").toString()).isEqualTo("0-9:3");
        assertThat(Ranges.parse("1-100,200").count()).isEqualTo(101);
        for (var wrong : new String[]{"", "1-", "-1", "a", "1,,2", "1-9%3", "1:2"}) {
            assertThatThrownBy(() -> Ranges.parse(wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
        assertThatThrownBy(() -> Ranges.parse("5-9,1")).hasMessageContaining("in order");
    }

    @Test
    void jobsAndTasks() {
        assertThat(Target.parse("42")).isEqualTo(new Target(Target.Which.ONE, 42, null));
        assertThat(Target.parse("last")).isEqualTo(new Target(Target.Which.LAST, 0, null));
        assertThat(Target.parse("all")).isEqualTo(new Target(Target.Which.ALL, 0, null));
        assertThat(Target.parse("42.1-50")).isEqualTo(new Target(Target.Which.ONE, 42, Ranges.parse("1-50")));
        assertThat(Target.parse("42.1,3")).isEqualTo(new Target(Target.Which.ONE, 42, Ranges.parse("1,3")));
        for (var wrong : new String[]{"", "x", "42.", "all.1", "4 2", "42.x", "-1"}) {
            assertThatThrownBy(() -> Target.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
