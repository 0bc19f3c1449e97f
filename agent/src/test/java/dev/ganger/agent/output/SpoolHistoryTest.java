package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.agent.output.Samples.direct;
import static dev.ganger.agent.output.Samples.noise;
import static dev.ganger.agent.output.Samples.over;
import static dev.ganger.agent.output.Samples.stdout;
import static dev.ganger.agent.output.Samples.uploaded;
import static org.assertj.core.api.Assertions.assertThat;

/** Random histories against a model: attempts write, end, are stored and recorded, and the agent is killed in between. */
@Timeout(60)
final class SpoolHistoryTest {
    private static final long LIMIT = 4 << 20;
    private static final int STEPS = 600;

    @TempDir
    private Path folder = Path.of("");
    private SplittableRandom random = new SplittableRandom();
    private Heard heard = new Heard();
    private final Map<AttemptId, Model> attempts = new LinkedHashMap<>();
    private final Map<AttemptId, byte[]> coordinator = new HashMap<>();
    private final Set<AttemptId> told = new HashSet<>();
    private long next;

    /** What should be there of an attempt. */
    private static final class Model {
        private final byte[] bytes;
        private int written;
        private Action.@Nullable Over kept;

        Model(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private Spool open() throws IOException {
        heard = new Heard();
        return new Spool(folder, LIMIT, Disk::ofThisMachine, heard, heard::reading, new Spool.Bells(new Bell(), new Bell()));
    }

    @RepeatedTest(20)
    void whatIsKeptIsWhole(RepetitionInfo repetition) throws IOException {
        random = new SplittableRandom(repetition.getCurrentRepetition());
        var spool = open();
        for (var step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> begin();
                case 3, 4, 5, 6, 7, 8, 9 -> write(spool);
                case 10, 11 -> end(spool);
                case 12, 13, 14 -> upload(spool);
                case 15 -> spool.sendAgain();
                case 16, 17 -> forget(spool);
                case 18 -> spool.upkeep();
                default -> spool = random.nextInt(4) == 0 ? killed() : spool;
            }
            assertThat(spool.bytes()).isLessThan(LIMIT + (1 << 20));
        }
        finish(spool);
    }

    private void begin() {
        if (attempts.size() < 20) {
            attempts.put(new AttemptId(1, ++next, 1), new Model(noise(1 + random.nextInt(300_000), next)));
        }
    }

    private AttemptId any(boolean ended) {
        var all = attempts.entrySet().stream().filter(each -> (each.getValue().kept != null) == ended).map(Map.Entry::getKey)
                .toList();
        return all.isEmpty() ? new AttemptId(0, 0, 0) : all.get(random.nextInt(all.size()));
    }

    private void write(Spool spool) {
        var attempt = any(false);
        var model = attempts.get(attempt);
        if (model != null && heard.isReading()) {
            var size = Math.min(model.bytes.length - model.written, 1 + random.nextInt(random.nextBoolean() ? 65_536 : 1_000));
            spool.append(stdout(attempt), direct(model.bytes).position(model.written).limit(model.written + size));
            model.written += size;
        }
    }

    private void end(Spool spool) {
        var attempt = any(false);
        var model = attempts.get(attempt);
        if (model != null && model.written > 0) {
            spool.end(stdout(attempt));
            var kept = over(attempt, uploaded(java.util.Arrays.copyOf(model.bytes, model.written)), StreamOutput.NOTHING);
            model.kept = kept;
            spool.record(List.of(kept), List.of());
        }
    }

    /** Takes some messages, and answers or not. */
    private void upload(Spool spool) throws IOException {
        var positions = new ArrayList<Spool.Position>();
        for (var count = random.nextInt(10); count > 0
                && spool.next(1 + random.nextInt(200_000)) instanceof Chunk chunk; count--) {
            take(chunk);
            positions.add(new Spool.Position(chunk.stream(), chunk.offset() + chunk.data().length));
        }
        if (random.nextBoolean()) {
            spool.stored(positions, List.of());
        }
    }

    private void take(Chunk chunk) {
        var has = coordinator.getOrDefault(chunk.stream().attempt(), new byte[0]);
        assertThat(chunk.offset()).isLessThanOrEqualTo(has.length);
        var end = (int) chunk.offset() + chunk.data().length;
        var all = java.util.Arrays.copyOf(has, Math.max(has.length, end));
        System.arraycopy(chunk.data(), 0, all, (int) chunk.offset(), chunk.data().length);
        coordinator.put(chunk.stream().attempt(), all);
    }

    /** Ended ones are recorded when all is stored; others were taken back. */
    private void forget(Spool spool) {
        var attempt = any(random.nextInt(4) > 0);
        var model = attempts.get(attempt);
        if (model != null && (model.kept == null || heard.stored().contains(attempt))) {
            check(attempt, model);
            spool.record(List.of(), List.of(attempt));
            attempts.remove(attempt);
        }
    }

    private void check(AttemptId attempt, Model model) {
        if (model.kept != null) {
            told.add(attempt);
            assertThat(coordinator.get(attempt)).isEqualTo(java.util.Arrays.copyOf(model.bytes, model.written));
        }
    }

    /** What had ended is there, whole; everything else is gone. */
    private Spool killed() throws IOException {
        var later = open();
        attempts.values().removeIf(model -> model.kept == null);
        var expected = attempts.values().stream().map(model -> model.kept).filter(Objects::nonNull).toList();
        assertThat(later.takeKept()).containsExactlyInAnyOrderElementsOf(expected);
        return later;
    }

    private void finish(Spool spool) throws IOException {
        spool.sendAgain();
        for (var chunk = spool.next(1 << 20); chunk != null; chunk = spool.next(1 << 20)) {
            take(chunk);
            spool.stored(List.of(new Spool.Position(chunk.stream(), chunk.offset() + chunk.data().length)), List.of());
        }
        attempts.forEach((attempt, model) -> assertThat(model.kept == null || heard.stored().contains(attempt)).isTrue());
        attempts.forEach(this::check);
        assertThat(heard.stored()).doesNotHaveDuplicates();
        spool.record(List.of(), List.copyOf(attempts.keySet()));
        spool.upkeep();
        assertThat(spool.bytes()).isZero();
        assertThat(heard.isReading()).isTrue();
        assertThat(told).isNotEmpty();
    }
}
