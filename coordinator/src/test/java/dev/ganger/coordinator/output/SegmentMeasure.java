package dev.ganger.coordinator.output;

import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures appends, reads and recovery on the disk of a folder that is given. */
final class SegmentMeasure {
    private static final int CHUNK = 256 * 1024;
    private static final long LARGE = 1L << 30;
    private static final int TASKS = 100_000;

    private SegmentMeasure() {}

    static void main(String[] arguments) throws IOException {
        var parent = Files.createDirectories(Path.of(arguments[0]));
        for (var round = 0; round < 3; round++) {
            large(new SegmentFolder(Files.createTempDirectory(parent, "large")));
        }
        many(new SegmentFolder(Files.createTempDirectory(parent, "many")));
        interleaved(new SegmentFolder(Files.createTempDirectory(parent, "interleaved")));
    }

    private static SegmentStore open(SegmentFolder folder) {
        return SegmentStore.open(folder.path(), SqliteOutputIndex.open(folder.path()), failure -> {
            throw new AssertionError(failure);
        });
    }

    private static void large(SegmentFolder folder) {
        var data = ByteBuffer.allocateDirect(CHUNK);
        try (var store = open(folder)) {
            var start = System.nanoTime();
            for (var at = 0L; at < LARGE; at += CHUNK) {
                store.append(Sample.OUT, Limits.ALL_OUTPUT, at, data.clear());
            }
            say("append 1 GiB by 256 KiB", start, LARGE / 1e6, "MB/s");
            start = System.nanoTime();
            store.sync().join();
            say("sync of it", start, 0, "");
            start = System.nanoTime();
            var at = 0L;
            for (var piece = store.read(Sample.OUT, 0, CHUNK); piece != null; piece = store.read(Sample.OUT, at, CHUNK)) {
                at = piece.end();
            }
            say("read 1 GiB by 256 KiB", start, at / 1e6, "MB/s");
        }
    }

    private static void many(SegmentFolder folder) {
        try (var store = open(folder)) {
            var start = System.nanoTime();
            for (var task = 0; task < TASKS; task++) {
                store.append(task(task), Limits.OUTPUT_BYTES, 0, ByteBuffer.wrap(new byte[100]));
            }
            say("append 100 bytes of 100,000 tasks", start, TASKS, "tasks/s");
            start = System.nanoTime();
            store.sync().join();
            say("sync of it", start, 0, "");
            start = System.nanoTime();
            for (var task = 0; task < TASKS; task++) {
                if (store.read(task(task), 0, CHUNK) == null) {
                    throw new AssertionError("nothing of task " + task);
                }
            }
            say("read each", start, TASKS, "tasks/s");
        }
        System.out.printf("%d segments%n", folder.segments().size());
        var start = System.nanoTime();
        open(folder).close();
        say("open and close", start, 0, "");
        folder.deleteIndex();
        start = System.nanoTime();
        var store = open(folder);
        say("open without an index", start, TASKS, "frames/s");
        start = System.nanoTime();
        store.forget(1);
        say("forget", start, 0, "");
        store.close();
    }

    private static void interleaved(SegmentFolder folder) {
        try (var store = open(folder)) {
            var start = System.nanoTime();
            for (var round = 0; round < 100; round++) {
                for (var task = 0; task < 5000; task++) {
                    store.append(task(task), Limits.OUTPUT_BYTES, round * 100L, ByteBuffer.wrap(new byte[100]));
                }
            }
            say("append 100 bytes 100 times to each of 5,000 streams", start, 500_000, "appends/s");
            start = System.nanoTime();
            for (var task = 0; task < 5000; task++) {
                Sample.all(store, task(task));
            }
            say("read them", start, 500_000, "frames/s");
        }
    }

    private static StreamId task(int index) {
        return Sample.stream(1, index, 1, StreamName.STDOUT);
    }

    private static void say(String what, long start, double amount, String unit) {
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.3f s%s%n", what, seconds, amount == 0 ? "" : ", %.0f %s".formatted(amount / seconds, unit));
    }
}
