package dev.ganger.coordinator.store;

import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.LongStream;

/** Measures durable appends of finished tasks, on the disk of a folder that is given. */
final class StoreMeasure {
    private static final long NANOS = 3_000_000_000L;

    private StoreMeasure() {}

    static void main(String[] arguments) throws IOException {
        var parent = Files.createDirectories(Path.of(arguments[0]));
        var position = 1L;
        for (var size : new int[]{256, 1, 16, 256, 1024}) {
            var folder = Files.createTempDirectory(parent, "measure");
            try (var store = SqliteStore.open(folder)) {
                store.recover(_ -> {});
                warmUp(store);
                position = measure(store, size, position);
                System.out.printf("  file %d KiB, log %d KiB%n", Files.size(folder.resolve(SqliteStore.FILE)) / 1024,
                        Files.size(folder.resolve(SqliteStore.FILE + "-wal")) / 1024);
            }
        }
        var results = LongStream.range(1, 257).mapToObj(at -> Samples.result(1_000_000 + at, 1000, at)).toArray(Result[]::new);
        var batch = Samples.results(results);
        System.out.printf("bytes a task: journal %d, done queue %d%n", EventCodec.encode(batch.events()).length / 256,
                NewBlock.of(batch.payloads()).getFirst().body().length / 256);
    }

    /** Until the write-ahead log has begun anew: from then on it does not grow, which is what a coordinator sees all day. */
    private static void warmUp(SqliteStore store) {
        var chunk = Samples.chunk(Samples.DRAFT, 1, Collections.nCopies(1000, Bytes.utf8("x".repeat(1000))));
        for (var megabyte = 0; megabyte < 60; megabyte++) {
            store.append(chunk);
        }
    }

    private static long measure(SqliteStore store, int size, long from) {
        var position = from;
        var batches = 0L;
        var processor = 0L;
        var threads = ManagementFactory.getThreadMXBean();
        var slowest = 0L;
        var start = System.nanoTime();
        while (System.nanoTime() - start < NANOS) {
            var results = new Result[size];
            for (var at = 0; at < size; at++) {
                results[at] = Samples.result(position++, 7, position);
            }
            var batch = Samples.results(results);
            var before = System.nanoTime();
            var processorBefore = threads.getCurrentThreadCpuTime();
            store.append(batch);
            processor += threads.getCurrentThreadCpuTime() - processorBefore;
            slowest = Math.max(slowest, System.nanoTime() - before);
            batches++;
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("batches of %d: %.0f batches/s, %.0f results/s, %.1f us CPU a result, slowest append %.1f ms%n", size,
                batches / seconds, batches * size / seconds, processor / 1e3 / batches / size, slowest / 1e6);
        return position;
    }
}
