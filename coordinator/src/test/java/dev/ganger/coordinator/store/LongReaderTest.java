package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever looks at one moment of the store for long does not hold up those who append. */
final class LongReaderTest {
    /** Some times what makes the log too large. */
    private static final int CHUNKS = 150;

    @Test
    void appendsGoOnWhileSomebodyLooksAtAnEarlierMoment(@TempDir Path folder) throws Exception {
        var data = folder.resolve("data");
        var entry = Bytes.wrap(new byte[1_000_000]);
        try (var store = SqliteStore.open(data)) {
            store.recover(_ -> {});
            store.append(Samples.cursor(1));
            try (var moment = FrozenStore.open(data, Files.createDirectory(folder.resolve("scratch")))) {
                var longest = Duration.ZERO;
                for (var number = 1; number <= CHUNKS; number++) {
                    var started = System.nanoTime();
                    store.append(Samples.chunk(Samples.DRAFT, number, List.of(entry)));
                    var took = Duration.ofNanos(System.nanoTime() - started);
                    longest = took.compareTo(longest) > 0 ? took : longest;
                }
                assertThat(longest).isLessThan(Duration.ofSeconds(5));
                var seen = new java.util.ArrayList<Event.Durable>();
                moment.replay((_, event) -> seen.add(event));
                assertThat(seen).isEqualTo(Samples.cursor(1).events());
            }
        }
    }
}
