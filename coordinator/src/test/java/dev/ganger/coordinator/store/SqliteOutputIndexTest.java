package dev.ganger.coordinator.store;

import dev.ganger.coordinator.output.Chain;
import dev.ganger.coordinator.output.OutputIndex;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class SqliteOutputIndexTest {
    private static final StreamId STREAM = new StreamId(new AttemptId(1, 1, 1), StreamName.STDOUT);
    private static final int ROUNDS = 2_000;
    private static final List<OutputIndex.Indexed> SEGMENT = List.of(new OutputIndex.Indexed(1, 0, 300, 0));

    private static Chain chain(long first, long end) {
        return new Chain(STREAM, 1, 0, first, end, (int) first, end - first);
    }

    /** Who asks for a byte must not be given a later one because more came to the index while it looked. */
    @Test
    void whatComesWhileAnOffsetIsLookedForIsFoundAsAWholeOrNotAtAll(@TempDir Path folder)
            throws ExecutionException, InterruptedException {
        var done = new AtomicBoolean();
        try (var index = SqliteOutputIndex.open(folder); var threads = Executors.newSingleThreadExecutor()) {
            index.write(List.of(chain(0, 100)), List.of(), SEGMENT);
            var reader = threads.submit(() -> {
                while (!done.get()) {
                    var found = index.from(STREAM, 100);
                    assertThat(found == null || found.first() == 100).as("%s", found).isTrue();
                }
            });
            try {
                for (var round = 0; round < ROUNDS && !reader.isDone(); round++) {
                    index.write(List.of(chain(100, 200), chain(200, 300)), List.of(), SEGMENT);
                    index.replace(1, 1, SEGMENT, List.of(chain(0, 100)));
                }
            } finally {
                done.set(true);
            }
            reader.get();
        }
    }

    @Test
    void anOffsetIsInTheChainThatHoldsItElseInTheNext(@TempDir Path folder) {
        try (var index = SqliteOutputIndex.open(folder)) {
            assertThat(index.from(STREAM, 0)).isNull();
            index.write(List.of(chain(10, 20), chain(20, 30), chain(40, 50)), List.of(), SEGMENT);

            assertThat(index.from(STREAM, 0)).isEqualTo(chain(10, 20));
            assertThat(index.from(STREAM, 10)).isEqualTo(chain(10, 20));
            assertThat(index.from(STREAM, 19)).isEqualTo(chain(10, 20));
            assertThat(index.from(STREAM, 20)).isEqualTo(chain(20, 30));
            assertThat(index.from(STREAM, 30)).isEqualTo(chain(40, 50));
            assertThat(index.from(STREAM, 50)).isNull();
        }
    }
}
