package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Saved;
import dev.ganger.model.Attempt;
import dev.ganger.model.Bytes;
import dev.ganger.model.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.store.Samples.DRAFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the real store treats its disk. */
final class SqliteDiskTest {
    @TempDir
    Path folder;

    private SqliteStore open() {
        var store = SqliteStore.open(folder);
        store.recover(_ -> {});
        return store;
    }

    private static long number(SqliteStore store, String sql) {
        return store.database().<Long>write("ask", statements -> statements.number(sql, -1));
    }

    @Test
    void everyCommitIsSynced() {
        try (var store = open()) {
            var full = 2L;
            assertThat(number(store, "PRAGMA synchronous")).isEqualTo(full);
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingAcknowledgedIsLost() {
        var entries = Collections.nCopies(100, Bytes.utf8("x".repeat(1000)));
        var acknowledged = 0L;
        try (var store = open()) {
            number(store, "PRAGMA max_page_count = 200");
            for (var number = 1; number <= 20; number++) {
                acknowledged = store.append(Samples.chunk(DRAFT, number, entries));
            }
        } catch (StoreException full) {
            assertThat(full).hasMessageContaining("append batch " + (acknowledged + 1)).hasMessageContaining("the disk is full")
                    .hasMessageContaining("make room").hasMessageContaining(SqliteStore.FILE);
        }
        assertThat(acknowledged).isBetween(1L, 19L);
        try (var store = SqliteStore.open(folder)) {
            assertThat(store.recover(_ -> {})).isEqualTo(acknowledged);
            assertThat(store.read(DRAFT, 1, 100 * acknowledged)).hasSize(100 * (int) acknowledged);
        }
    }

    @Test
    void nothingIsAppendedAfterAFailure() {
        var chunk = Samples.chunk(DRAFT, 1, Collections.nCopies(1000, Bytes.utf8("x".repeat(1000))));
        try (var store = open()) {
            number(store, "PRAGMA max_page_count = 100");
            assertThatThrownBy(() -> store.append(chunk)).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.append(Samples.cursor(1))).isInstanceOf(StoreException.class)
                    .hasMessageContaining("after a failure");
        }
    }

    @Test
    void aBatchThatCannotBeKeptWhollyLeavesNothing() {
        try (var store = open()) {
            store.append(Samples.results(Samples.result(1, 1, 1)));
            var chunk = Samples.chunk(DRAFT, 1, List.of(Bytes.utf8("x")));
            var payloads = new ArrayList<>(chunk.payloads());
            payloads.add(Samples.recorded(Samples.result(2, 1, 2)));
            store.database().write("forbid a row", statements -> statements.run("""
                    CREATE TEMP TRIGGER forbid BEFORE INSERT ON main.journal WHEN new.number = 2
                    BEGIN SELECT RAISE(ABORT, 'forbidden'); END"""));
            assertThatThrownBy(() -> store.append(new Batch(chunk.events(), payloads))).isInstanceOf(StoreException.class);
        }
        try (var store = open()) {
            assertThat(store.read(0, 100)).hasSize(1);
            assertThatThrownBy(() -> store.read(DRAFT, 1, 1)).isInstanceOf(StoreException.class);
            assertThat(store.append(Samples.results(Samples.result(2, 1, 3)))).isEqualTo(2);
        }
    }

    @Test
    void aBugInABatchIsRolledBack() {
        try (var store = open()) {
            store.append(Samples.results(Samples.result(1, 1, 1)));
            assertThatThrownBy(() -> store.append(Samples.results(Samples.result(1, 1, 2)))).isInstanceOf(AssertionError.class);
            assertThat(store.append(Samples.cursor(2))).isEqualTo(2);
        }
    }

    @Test
    void appendsGoOnDuringASnapshot() throws InterruptedException {
        try (var store = open()) {
            var job = aMillionTasks();
            store.append(Samples.cursor(1));
            var ended = new AtomicBoolean();
            var snapshot = Thread.ofPlatform().start(() -> {
                store.snapshot(1, List.of(job));
                ended.set(true);
            });
            var appends = 0;
            while (!ended.get()) {
                store.append(Samples.cursor(2));
                appends++;
            }
            snapshot.join();
            var parts = number(store, "SELECT count(*) FROM snapshot_part");
            assertThat(parts).isGreaterThan(20);
            assertThat(appends).isGreaterThan((int) parts / 2);
        }
        try (var store = SqliteStore.open(folder)) {
            var events = new ArrayList<Event.Durable>();
            store.recover(events::add);
            assertThat(events.getFirst()).isEqualTo(aMillionTasks());
        }
    }

    /** A job with a million tasks, a tenth of which were tried again. */
    private static Event.JobRestored aMillionTasks() {
        var bits = Collections.nCopies(1_000_000 / Long.SIZE, -1L);
        var attempts = List.of(Attempt.ended(1, "vm-1", TaskState.FAILED, Samples.RUN));
        var histories = LongStream.range(0, 100_000)
                .mapToObj(index -> new Saved.History(index * 10, 2, 1, attempts, 0, null))
                .toList();
        return new Event.JobRestored(1, 1_000_000, bits, bits, bits, List.of(), histories, null, null);
    }

    @Test
    void theWriteAheadLogStaysSmallWhileItIsReadAndWritten() throws IOException, InterruptedException {
        var log = folder.resolve(SqliteStore.FILE + "-wal");
        var chunk = Samples.chunk(DRAFT, 1, Collections.nCopies(1000, Bytes.utf8("x".repeat(1000))));
        var largest = 0L;
        try (var store = open()) {
            store.append(chunk);
            var ended = new AtomicBoolean();
            var reader = Thread.ofPlatform().start(() -> {
                while (!ended.get()) {
                    store.read(DRAFT, 1, 1000);
                }
            });
            for (var megabyte = 0; megabyte < 300; megabyte++) {
                store.append(chunk);
                largest = Math.max(largest, Files.size(log));
            }
            ended.set(true);
            reader.join();
        }
        assertThat(largest).isLessThan(120L * 1024 * 1024);
    }

    @Test
    void aNewFolderIsForItsOwnerOnly() throws IOException {
        var data = folder.resolve("a/b");
        try (var _ = SqliteStore.open(data)) {
            assertThat(Files.getPosixFilePermissions(data)).hasSize(3);
        }
    }
}
