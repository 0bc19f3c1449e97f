package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.store.Samples.DRAFT;
import static org.assertj.core.api.Assertions.assertThat;

/** The coordinator's database with any byte flipped, and cut at any byte: it tells the whole truth, or is refused with its file. */
final class SqliteEveryByteTest {
    private static final int PAGE_BYTES = 4096;
    /** Between the bytes that are tried where a page is long and dull; each page is tried at other ones. */
    private static final int STRIDE = 61;

    @TempDir
    private Path folder;
    private byte[] whole = new byte[0];
    private Truth truth = new Truth(List.of(), List.of());

    /** All that a store is asked for. */
    private record Truth(List<Event.Durable> events, List<Result> results) {}

    @BeforeEach
    void fill() throws IOException {
        try (var store = SqliteStore.open(folder)) {
            store.recover(_ -> {});
            for (var number = 1; number <= 4; number++) {
                store.append(new Batch(List.of(new Event.CursorMoved("reader-" + number, number)), List.of()));
            }
            store.append(Samples.chunk(DRAFT, 1, List.of(dev.ganger.model.Bytes.utf8("entry"))));
            store.append(Samples.results(Samples.fullResult(1), Samples.result(2, 3, 4)));
        }
        whole = Files.readAllBytes(file());
        truth = read();
        assertThat(truth.events()).hasSizeGreaterThan(4);
        assertThat(truth.results()).hasSize(2);
    }

    private Path file() {
        return folder.resolve(SqliteStore.FILE);
    }

    private Truth read() {
        try (var store = SqliteStore.open(folder)) {
            var events = new ArrayList<Event.Durable>();
            store.recover(events::add);
            store.read(DRAFT, 1, 1);
            return new Truth(List.copyOf(events), store.read(1, 10));
        }
    }

    private int refused(int at, IntFunction<byte[]> damaged) throws IOException {
        try (var files = Files.list(folder)) {
            for (var each : files.filter(name -> !name.equals(file())).toList()) {
                Files.delete(each);
            }
        }
        Files.write(file(), damaged.apply(at));
        try {
            assertThat(read()).as("at %d", at).isEqualTo(truth);
            return 0;
        } catch (StoreException refusal) {
            assertThat(refusal).as("at %d", at).hasMessageContaining(file().toString());
            return 1;
        }
    }

    @Test
    void aFlippedByteChangesNothingOrIsRefused() throws IOException {
        var refused = 0;
        for (var at = 0; at < whole.length; at += at < 100 || whole[at] != 0
                ? (at < 100 ? 1 : 5 + at / PAGE_BYTES % 3)
                : STRIDE) {
            refused += refused(at, place -> {
                var copy = whole.clone();
                copy[place] ^= 0x20;
                return copy;
            });
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aCutIsRefused() throws IOException {
        for (var at = 0; at < whole.length; at += STRIDE * 7) {
            refused(at, place -> Arrays.copyOf(whole, place));
        }
    }
}
