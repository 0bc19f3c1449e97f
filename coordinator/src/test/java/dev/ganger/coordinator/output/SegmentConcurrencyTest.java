package dev.ganger.coordinator.output;

import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers, writers and the upkeep at the same time, on segments so small that they are always copied and removed. */
final class SegmentConcurrencyTest {
    private static final int STREAMS = 4;
    private static final int BYTES = 150_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    /** All is over, or one has failed: nobody waits for it any more. */
    private final AtomicBoolean done = new AtomicBoolean();

    private static byte at(StreamId stream, long offset) {
        return (byte) (offset * 31 + (offset >> 8) * 17 + stream.attempt().index());
    }

    @Test
    void readersFollowWhileSegmentsAreCopiedAndRemoved() throws ExecutionException, InterruptedException {
        var settings = new SegmentSettings(4096, 8, Duration.ofMillis(1), FileChannel::open);
        try (var store = SegmentStore.open(temporary, SqliteOutputIndex.open(temporary), failure -> {
            throw new AssertionError(failure);
        }, settings); var threads = Executors.newCachedThreadPool()) {
            store.upkeep().start();
            var work = new ArrayList<Future<?>>();
            for (var index = 0; index < STREAMS; index++) {
                var stream = Sample.stream(1, index, 1, StreamName.STDOUT);
                work.add(threads.submit(() -> write(store, stream)));
                work.add(threads.submit(() -> follow(store, stream, 0)));
                work.add(threads.submit(() -> follow(store, stream, BYTES / 2)));
            }
            var noise = threads.submit(() -> noise(store));
            try {
                for (var each : work) {
                    each.get();
                }
            } finally {
                done.set(true);
            }
            noise.get();
        }
    }

    private void write(OutputStore store, StreamId stream) {
        for (var offset = 0; offset < BYTES && !done.get();) {
            var data = new byte[Math.min(BYTES - offset, 1 + offset % 700)];
            for (var each = 0; each < data.length; each++) {
                data[each] = at(stream, offset + each);
            }
            store.append(stream, Limits.ALL_OUTPUT, offset, ByteBuffer.wrap(data));
            offset += data.length;
            if (offset % 5 == 0) {
                store.sync().join();
            }
        }
    }

    private void follow(OutputStore store, StreamId stream, long from) {
        for (var offset = from; offset < BYTES && !done.get();) {
            var piece = store.read(stream, offset, 1000);
            if (piece == null) {
                Thread.yield();
                continue;
            }
            assertThat(piece.offset()).isEqualTo(offset);
            while (piece.data().hasRemaining()) {
                assertThat(piece.data().get()).isEqualTo(at(stream, offset++));
            }
        }
    }

    /** Another job that is always forgotten, so that all segments are full of garbage. */
    private void noise(OutputStore store) {
        var stream = Sample.stream(2, 0, 1, StreamName.STDERR);
        while (!done.get()) {
            for (var each = 0; each < 10; each++) {
                store.append(stream, Limits.ALL_OUTPUT, store.end(stream), ByteBuffer.wrap(new byte[500]));
            }
            store.forget(2);
        }
    }
}
