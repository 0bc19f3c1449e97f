package dev.ganger.model;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The numbers of a job's tasks. */
final class IndicesTest {
    private static final Indices MIXED = new Indices(
            List.of(new IndexRange(0, 9, 3), new IndexRange(20, 22, 1), IndexRange.single(100)));

    @Test
    void ordinalsAndIndicesAreInversesOfEachOther() {
        var indices = IntStream.range(0, MIXED.count()).mapToObj(MIXED::indexAt).toList();
        assertThat(indices).containsExactly(0L, 3L, 6L, 9L, 20L, 21L, 22L, 100L);
        assertThat(indices.stream().map(MIXED::ordinalOf)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void anIndexThatIsNoneOfThemHasNoOrdinal() {
        assertThat(List.of(1L, 10L, 19L, 23L, 99L, 101L, Long.MAX_VALUE)).allSatisfy(
                index -> assertThat(MIXED.ordinalOf(index)).isEqualTo(-1));
    }

    @Test
    void theLastIndexIsOneThatTheStepReaches() {
        assertThat(new IndexRange(1, 10, 4)).isEqualTo(new IndexRange(1, 9, 4)).hasToString("1-9:4");
    }

    @Test
    void rangesThatOverlapOrAreOutOfOrderAreRefused() {
        assertThatThrownBy(() -> new Indices(List.of(new IndexRange(1, 5, 1), new IndexRange(5, 9, 1))))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> new IndexRange(5, 4, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IndexRange(0, Long.MAX_VALUE, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Indices.of(0, Limits.INDEX)).hasMessageContaining("at most");
    }
}
