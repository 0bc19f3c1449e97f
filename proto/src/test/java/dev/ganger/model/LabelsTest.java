package dev.ganger.model;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What owners may say of their agents. */
final class LabelsTest {
    @Test
    void labelsAreSorted() {
        assertThat(Labels.checked(Map.of("zone", "north", "gpu", ""))).containsExactly(Map.entry("gpu", ""),
                Map.entry("zone", "north"));
    }

    @Test
    void tooManyOrTooLongOrNoneIsRefused() {
        var many = new TreeMap<String, String>();
        for (var each = 0; each <= Limits.LABELS; each++) {
            many.put("label-" + each, "");
        }
        assertThatThrownBy(() -> Labels.checked(many)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an agent has at most 64 labels, not 65");
        assertThatThrownBy(() -> Labels.checked(Map.of("", "x"))).hasMessageContaining("NAME=VALUE");
        assertThatThrownBy(() -> Labels.checked(Map.of("a=b", "x"))).hasMessageContaining("NAME=VALUE");
        assertThatThrownBy(() -> Labels.checked(Map.of("a", "x".repeat(201)))).hasMessageContaining("200");
        assertThatThrownBy(() -> Labels.checked(Map.of("x".repeat(201), ""))).hasMessageContaining("200");
    }
}
