package dev.ganger.model;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What agents may be marked with. */
final class LabelsTest {
    @Test
    void areSortedByTheirKeys() {
        assertThat(Labels.parse(List.of("zone=a", "acme.org/disk_1=ssd, fast", "gpu=", "formula=a=b", "ort=K\u00f6ln")))
                .containsExactly(Map.entry("acme.org/disk_1", "ssd, fast"), Map.entry("formula", "a=b"), Map.entry("gpu", ""),
                        Map.entry("ort", "K\u00f6ln"), Map.entry("zone", "a"));
        assertThat(Labels.parse(List.of())).isEmpty();
    }

    @Test
    void everyMistakeIsASentence() {
        assertWrong("expected KEY=VALUE, for example zone=a, not 'zone'", "zone");
        assertWrong("expected KEY=VALUE, for example zone=a, not ''", "");
        assertWrong("the key of a label has 1 to 63 letters, digits, '.', '_', '/' and '-', unlike ''", "=a");
        assertWrong("the key of a label has 1 to 63 letters, digits, '.', '_', '/' and '-', unlike 'the zone'", "the zone=a");
        assertWrong("the key of a label has 1 to 63 letters, digits, '.', '_', '/' and '-', unlike '" + "k".repeat(64) + "'",
                "k".repeat(64) + "=a");
        assertWrong("the value of a label has at most 200 characters, that of 'zone' has 201", "zone=" + "a".repeat(201));
        assertWrong("the value of the label 'zone' has a control character in it", "zone=a\u001bb");
        assertWrong("the label 'zone' is there twice", "zone=a", "zone=b");
        assertWrong("an agent has at most 100 labels, not 101",
                IntStream.rangeClosed(0, 100).mapToObj(number -> number + "=").toArray(String[]::new));
    }

    @Test
    void whatJustFitsIsTaken() {
        assertThat(Labels.parse(List.of("k".repeat(63) + "=" + "\ud83d\ude00".repeat(200)))).hasSize(1);
        assertThat(Labels.parse(IntStream.range(0, 100).mapToObj(number -> number + "=").toList())).hasSize(100);
    }

    @Test
    void whatAnAgentSaysIsCheckedInTheSameWay() {
        assertThat(Labels.checked(Map.of("zone", "north", "gpu", ""))).containsExactly(Map.entry("gpu", ""),
                Map.entry("zone", "north"));
        assertThatThrownBy(() -> Labels.checked(Map.of("a=b", "x"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key of a label");
        assertThatThrownBy(() -> Labels.checked(Map.of("a", "x".repeat(201)))).hasMessageContaining("200");
    }

    private static void assertWrong(String sentence, String... pairs) {
        assertThatThrownBy(() -> Labels.parse(List.of(pairs))).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
    }
}
