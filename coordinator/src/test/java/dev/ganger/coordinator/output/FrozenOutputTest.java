package dev.ganger.coordinator.output;

import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One moment of the output stays what it was, whatever a store does with its segments meanwhile. */
final class FrozenOutputTest {
    private static final int SEGMENT_BYTES = 20_000;

    private final SegmentFolder folder;
    private final Path scratch;
    private final AtomicInteger copies = new AtomicInteger();

    FrozenOutputTest(@TempDir Path folder) {
        this.folder = new SegmentFolder(folder.resolve("output"));
        this.scratch = folder;
    }

    private FrozenOutput freeze(List<String> faults) {
        return FrozenOutput.open(folder.path(), () -> {
            try {
                return SqliteOutputIndex.copyOf(folder.path(),
                        Files.createDirectory(scratch.resolve("copy-" + copies.incrementAndGet())), faults::add);
            } catch (IOException cause) {
                throw new AssertionError(cause);
            }
        });
    }

    private static StreamId stream(long job) {
        return new StreamId(new AttemptId(job, 1, 1), StreamName.STDOUT);
    }

    private static byte[] content(long job) {
        var random = new SplittableRandom(job);
        var bytes = new byte[random.nextInt(1, 6_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void write(SegmentStore store, long job) {
        var content = content(job);
        for (var at = 0; at < content.length; at += 700) {
            store.append(stream(job), Long.MAX_VALUE, at,
                    ByteBuffer.wrap(Arrays.copyOfRange(content, at, Math.min(content.length, at + 700))));
        }
        store.sync().join();
    }

    private static byte[] read(FrozenOutput frozen, StreamId stream) {
        var bytes = ByteBuffer.allocate(10_000);
        var piece = frozen.read(stream, 0, 1_000);
        while (piece != null) {
            assertThat(piece.offset()).isEqualTo(bytes.position());
            bytes.put(piece.data());
            piece = frozen.read(stream, bytes.position(), 1_000);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void whatTheIndexDoesNotHaveYetIsThere() {
        try (var store = folder.open(SEGMENT_BYTES)) {
            write(store, 1);
            try (var frozen = freeze(new ArrayList<>())) {
                assertThat(read(frozen, stream(1))).isEqualTo(content(1));
            }
        }
    }

    @Test
    void whatIsMovedAndRemovedAfterwardsIsThere() {
        try (var store = folder.open(SEGMENT_BYTES)) {
            for (var job = 1; job <= 30; job++) {
                write(store, job);
            }
            SegmentFolder.pass(store);
            try (var frozen = freeze(new ArrayList<>())) {
                for (var job = 1; job <= 30; job++) {
                    if (job % 3 != 0) {
                        store.forget(job);
                    }
                }
                var before = folder.segments();
                for (var pass = 0; pass < 10; pass++) {
                    SegmentFolder.pass(store);
                }
                assertThat(folder.segments()).doesNotContainAnyElementsOf(before.subList(0, before.size() - 1));
                for (var job = 1; job <= 30; job++) {
                    assertThat(read(frozen, stream(job))).isEqualTo(content(job));
                }
            }
        }
    }

    /** While it is looked at: written, forgotten, copied together. What was acknowledged before and is kept afterwards is there. */
    @Test
    void itIsWholeInTheMidstOfWork() throws InterruptedException {
        var written = new AtomicLong();
        var forgotten = new AtomicLong();
        try (var store = folder.open(SEGMENT_BYTES)) {
            var worker = Thread.ofPlatform().start(() -> {
                for (var job = 1L; job <= 600; job++) {
                    write(store, job);
                    written.set(job);
                    if (job > 40) {
                        forgotten.set(job - 40);
                        store.forget(job - 40);
                    }
                    if (job % 5 == 0) {
                        SegmentFolder.pass(store);
                    }
                }
            });
            var faults = new ArrayList<String>();
            var looks = 0;
            do {
                var acknowledged = written.get();
                try (var frozen = freeze(faults)) {
                    var gone = forgotten.get();
                    frozen.checkSegments(faults::add, _ -> {});
                    faults.addAll(frozen.faults());
                    for (var job = gone + 1; job <= acknowledged; job++) {
                        assertThat(read(frozen, stream(job))).as("job %d", job).isEqualTo(content(job));
                    }
                    looks++;
                }
            } while (worker.isAlive());
            worker.join();
            assertThat(faults).isEmpty();
            assertThat(looks).isGreaterThan(1);
        }
    }
}
