package dev.ganger.coordinator.output;

import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories of many streams by chance, each compared with a model byte for byte; a failure names its seed. */
final class SegmentRandomTest {
    private static final int SEEDS = Integer.getInteger("ganger.output.seeds", 8);
    private static final long FIRST_SEED = Long.getLong("ganger.output.seed", 1);
    private static final int STEPS = 250;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    private final List<SegmentStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(SegmentStore::close);
    }

    @Test
    void everyHistoryIsAsTheModelSays() {
        for (var seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                new History(seed).run();
            } catch (RuntimeException | IOException | AssertionError cause) {
                throw new AssertionError(
                        "seed %d: run it with -Dganger.output.seed=%d -Dganger.output.seeds=1".formatted(seed, seed), cause);
            }
            close();
            opened.clear();
        }
    }

    /** One seed. */
    private final class History {
        private final SplittableRandom random;
        private final long seed;
        private final int segmentBytes;
        private final long limit;
        private SegmentFolder folder;
        private SegmentStore store;
        private final Model model = new Model();
        private final Set<Long> forgotten = new HashSet<>();
        private int lives;

        History(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.segmentBytes = random.nextInt(300, 4096);
            this.limit = random.nextInt(3) == 0 ? Limits.ALL_OUTPUT : random.nextInt(0, 3000);
            this.folder = new SegmentFolder(temporary.resolve("seed" + seed));
            this.store = open();
        }

        private SegmentStore open() {
            var fresh = folder.open(segmentBytes);
            opened.add(fresh);
            return fresh;
        }

        void run() throws IOException {
            for (var step = 0; step < STEPS; step++) {
                switch (random.nextInt(40)) {
                    case 0 -> reopen();
                    case 1 -> kill();
                    case 2 -> forget();
                    case 3, 4, 5 -> store.upkeep().pass();
                    case 6 -> store.upkeep().flush();
                    case 7, 8, 9, 10 -> model.compare(store, stream(), step());
                    default -> append();
                }
            }
            compareAll();
            store.upkeep().pass();
            compareAll();
            assertThat(store.bytes()).isEqualTo(sizeOnDisk());
        }

        private StreamId stream() {
            return Sample.stream(random.nextInt(1, 4), random.nextInt(3), random.nextInt(1, 3),
                    random.nextBoolean() ? StreamName.STDOUT : StreamName.STDERR);
        }

        private int step() {
            return 1 << random.nextInt(3, 13);
        }

        private void append() {
            var stream = stream();
            var data = new byte[random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(100)];
            random.nextBytes(data);
            var offset = model.end(stream) + switch (random.nextInt(12)) {
                case 0 -> random.nextInt(200);
                case 1 -> -random.nextInt(Math.min(100, model.end(stream) + 1));
                default -> 0;
            };
            model.append(stream, limit, offset, data);
            var copy = ByteBuffer.wrap(data.clone());
            store.append(stream, limit, offset, copy);
            assertThat(copy.hasRemaining()).isFalse();
        }

        private void forget() {
            var job = random.nextLong(1, 4);
            forgotten.add(job);
            model.forget(job);
            store.forget(job);
        }

        private void reopen() {
            store.close();
            if (random.nextInt(3) == 0) {
                rebuild();
            }
            store = open();
            compareAll();
        }

        /** Without the index old frames of jobs that were forgotten may come back. */
        private void rebuild() {
            folder.deleteIndex();
            store = open();
            for (long job : forgotten) {
                model.forget(job);
                store.forget(job);
            }
            store.close();
        }

        private void kill() {
            folder = folder.copyTo(temporary.resolve("seed" + seed + "-" + ++lives));
            store.close();
            store = open();
            compareAll();
        }

        private void compareAll() {
            for (long job = 1; job < 4; job++) {
                for (var stream : store.streams(job, 0, 10)) {
                    model.compare(store, stream, step());
                }
            }
            for (var stream : model.streams()) {
                model.compare(store, stream, step());
            }
        }

        private long sizeOnDisk() {
            return folder.segments().stream().mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
