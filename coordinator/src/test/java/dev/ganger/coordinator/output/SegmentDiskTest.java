package dev.ganger.coordinator.output;

import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.output.Sample.OUT;
import static dev.ganger.coordinator.output.Sample.all;
import static dev.ganger.coordinator.output.Sample.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A disk that is full or fails; how much of it is used; and how few files. */
final class SegmentDiskTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    private final FaultyDisk disk = new FaultyDisk();
    private final ArrayList<Throwable> fatal = new ArrayList<>();

    private SegmentStore open(int segmentBytes) {
        var settings = new SegmentSettings(segmentBytes, Integer.MAX_VALUE, Duration.ofHours(1), disk);
        return SegmentStore.open(temporary, SqliteOutputIndex.open(temporary), fatal::add, settings);
    }

    private SegmentFolder folder() {
        return new SegmentFolder(temporary);
    }

    @Test
    void aFullDiskIsSaidAndWorkGoesOnWhenThereIsRoom() {
        for (var room = 0; room < 60; room++) {
            try (var store = open(1000)) {
                var before = store.end(OUT);
                disk.room = room;
                var data = bytes("0123456789abcde");
                var offset = before;
                assertThatThrownBy(() -> store.append(OUT, Limits.ALL_OUTPUT, offset, data)).isInstanceOf(OutputException.class)
                        .hasMessageContaining("No space left on device").hasMessageContaining("make room");
                assertThat(store.end(OUT)).isEqualTo(before);
                disk.room = Long.MAX_VALUE;
                store.append(OUT, Limits.ALL_OUTPUT, offset, bytes("0123456789"));
                SegmentFolder.pass(store);
                assertThat(all(store, OUT)).isEqualTo("0123456789".repeat(room + 1));
            }
        }
        try (var store = open(1000)) {
            assertThat(all(store, OUT)).isEqualTo("0123456789".repeat(60));
        }
    }

    @Test
    void aFailedSyncIsFatal() {
        var store = open(1000);
        store.append(OUT, Limits.ALL_OUTPUT, 0, bytes("abc"));
        disk.failsToSync = true;
        assertThatThrownBy(() -> store.sync().get()).isInstanceOf(ExecutionException.class).cause()
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("cannot sync");
        assertThat(fatal).hasSize(1);
        disk.failsToSync = false;
        assertThatThrownBy(() -> store.sync().get()).hasMessageContaining("cannot sync");
        assertThatThrownBy(() -> store.append(OUT, Limits.ALL_OUTPUT, 3, bytes("d"))).isInstanceOf(OutputException.class)
                .hasMessageContaining("after a failure");
        assertThatThrownBy(store::close).isInstanceOf(OutputException.class);
    }

    @Test
    void aClosedStoreSaysSo() {
        var store = open(1000);
        store.append(OUT, Limits.ALL_OUTPUT, 0, bytes("abc"));
        store.close();
        assertThatThrownBy(() -> store.append(OUT, Limits.ALL_OUTPUT, 3, bytes("d"))).isInstanceOf(OutputException.class)
                .hasMessageContaining("closed");
        try (var again = open(1000)) {
            assertThat(all(again, OUT)).isEqualTo("abc");
        }
    }

    @Test
    void anInterruptOfACallerHurtsNobody() {
        try (var store = open(10_000)) {
            for (var at = 0; at < 10; at++) {
                Thread.currentThread().interrupt();
                store.append(OUT, Limits.ALL_OUTPUT, at, bytes("x"));
                assertThat(all(store, OUT)).hasSize(at + 1);
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(store.sync()).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void aLongStreamNeverTakesMuchMoreThanItsLimit() {
        var segment = 10_000;
        var limit = 100_000L;
        var chunk = new byte[1000];
        try (var store = open(segment)) {
            for (var at = 0; at < 1_000_000; at += chunk.length) {
                store.append(OUT, limit, at, ByteBuffer.wrap(chunk));
                if (at % 5000 == 0) {
                    SegmentFolder.pass(store);
                    assertThat(store.bytes()).isLessThan(limit + 5 * segment);
                }
            }
            SegmentFolder.pass(store);
            assertThat(folder().segments()).hasSizeLessThan(16);
            assertThat(store.read(OUT, 500_000, 1)).satisfies(piece -> assertThat(piece.offset()).isGreaterThan(900_000));
        }
    }

    @Test
    void theSpaceOfForgottenJobsIsGivenBack() {
        try (var store = open(10_000)) {
            for (var round = 0; round < 100; round++) {
                for (var job = 1; job <= 10; job++) {
                    store.append(Sample.stream(job, 1, 1, StreamName.STDOUT), Limits.ALL_OUTPUT, round * 100L,
                            ByteBuffer.wrap("job %7d, ".formatted(job).repeat(8).getBytes(), 0, 100));
                }
            }
            SegmentFolder.pass(store);
            var before = store.bytes();
            for (var job = 2; job <= 10; job++) {
                store.forget(job);
            }
            for (var passes = 0; passes < 20; passes++) {
                SegmentFolder.pass(store);
            }
            assertThat(store.bytes()).isLessThan(before / 10 + 10_000 + 1000);
            assertThat(folder().segments()).hasSizeLessThan(5);
            assertThat(all(store, Sample.stream(1, 1, 1, StreamName.STDOUT))).hasSize(10_000).doesNotContain(".");
        }
    }

    @Test
    void theIndexDoesNotGrowByTheFrame() throws IOException {
        try (var store = open(1 << 20)) {
            for (var round = 0; round < 20; round++) {
                for (var task = 0; task < 100; task++) {
                    store.append(Sample.stream(1, task, 1, StreamName.STDOUT), Limits.ALL_OUTPUT, round, bytes("x"));
                }
                SegmentFolder.pass(store);
                SegmentFolder.pass(store);
                SegmentFolder.pass(store);
                SegmentFolder.pass(store);
                SegmentFolder.pass(store);
            }
        }
        try (var index = SqliteOutputIndex.open(temporary)) {
            assertThat(index.chains(0, 100)).hasSize(100);
        }
        assertThat(folder().segments()).hasSize(1);
        assertThat(Files.size(folder().segments().getFirst())).isEqualTo(2000 * 49);
    }

    @Test
    void filesAreForTheEyesOfTheirOwner() throws IOException {
        var path = temporary.resolve("new");
        try (var store = SegmentStore.open(path, SqliteOutputIndex.open(path), fatal::add)) {
            store.append(OUT, Limits.ALL_OUTPUT, 0, bytes("secret"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
            assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(new SegmentFolder(path).segments().getFirst())))
                    .isEqualTo("rw-------");
        }
    }
}
