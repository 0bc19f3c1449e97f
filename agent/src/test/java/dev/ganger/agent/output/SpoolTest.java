package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.model.StreamOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.agent.output.Samples.FIRST;
import static dev.ganger.agent.output.Samples.SECOND;
import static dev.ganger.agent.output.Samples.direct;
import static dev.ganger.agent.output.Samples.inline;
import static dev.ganger.agent.output.Samples.noise;
import static dev.ganger.agent.output.Samples.over;
import static dev.ganger.agent.output.Samples.stderr;
import static dev.ganger.agent.output.Samples.stdout;
import static dev.ganger.agent.output.Samples.uploaded;
import static org.assertj.core.api.Assertions.assertThat;

/** What the spool keeps, and when it is full. */
@Timeout(60)
final class SpoolTest {
    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path folder = Path.of("");
    private final Heard heard = new Heard();
    private boolean broken;

    private Spool open() throws IOException {
        return new Spool(folder, LIMIT, this::write, heard, heard::reading, new Spool.Bells(new Bell(), new Bell()));
    }

    private void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        if (broken) {
            Disk.ofThisMachine(file, bytes.slice(0, bytes.remaining() / 2), position);
            throw new IOException("No space left on device");
        }
        Disk.ofThisMachine(file, bytes, position);
    }

    private static Spool.Position whole(byte[] bytes) {
        return new Spool.Position(stdout(FIRST), bytes.length);
    }

    private static void writes(Spool spool, byte[] bytes) {
        spool.append(stdout(FIRST), direct(bytes));
        spool.end(stdout(FIRST));
    }

    private static byte[] unsent(Spool spool) throws IOException {
        var all = ByteBuffer.allocate(8 << 20);
        for (var chunk = spool.next(1 << 20); chunk != null; chunk = spool.next(1 << 20)) {
            all.put(chunk.data());
        }
        var bytes = new byte[all.flip().remaining()];
        all.get(bytes);
        return bytes;
    }

    private long segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(".segment")).count();
        }
    }

    @Test
    void aReportIsReadBackUntilItIsForgotten() throws IOException {
        var over = over(FIRST, inline(noise(1000, 1)), StreamOutput.NOTHING);
        open().record(List.of(over, over(SECOND, StreamOutput.NOTHING, StreamOutput.NOTHING)), List.of(SECOND));
        var later = open();
        assertThat(later.takeKept()).containsExactly(over);
        later.record(List.of(), List.of(FIRST));
        assertThat(open().takeKept()).isEmpty();
    }

    @Test
    void storedIsToldOnceAndNotBeforeTheEndIsKept() throws IOException {
        var bytes = noise(100_000, 1);
        var spool = open();
        writes(spool, bytes);
        spool.stored(List.of(whole(bytes)), List.of());
        assertThat(heard.stored()).isEmpty();
        assertThat(segments()).isZero();
        spool.record(List.of(over(FIRST, uploaded(bytes), StreamOutput.NOTHING)), List.of());
        assertThat(heard.stored()).containsExactly(FIRST);
        spool.stored(List.of(whole(bytes)), List.of());
        assertThat(heard.stored()).hasSize(1);
    }

    @Test
    void bothStreamsMustBeStored() throws IOException {
        var bytes = noise(100_000, 1);
        var spool = open();
        writes(spool, bytes);
        spool.append(stderr(FIRST), direct(bytes));
        spool.end(stderr(FIRST));
        spool.record(List.of(over(FIRST, uploaded(bytes), uploaded(bytes))), List.of());
        spool.stored(List.of(whole(bytes)), List.of());
        assertThat(heard.stored()).isEmpty();
        spool.stored(List.of(new Spool.Position(stderr(FIRST), bytes.length)), List.of());
        assertThat(heard.stored()).containsExactly(FIRST);
    }

    @Test
    void outputOfAnAttemptThatDidNotEndIsDroppedAtTheNextStart() throws IOException {
        open().append(stdout(FIRST), direct(noise(100_000, 1)));
        assertThat(segments()).isEqualTo(1);
        var later = open();
        assertThat(later.takeKept()).isEmpty();
        assertThat(unsent(later)).isEmpty();
        assertThat(segments()).isZero();
        assertThat(later.bytes()).isZero();
    }

    @Test
    void whatWasStoredBeforeIsNotMissed() throws IOException {
        var bytes = noise(400_000, 1);
        var spool = open();
        for (var at = 0; at < bytes.length; at += 50_000) {
            spool.append(stdout(FIRST), direct(bytes).position(at).limit(at + 50_000));
        }
        spool.stored(List.of(new Spool.Position(stdout(FIRST), 200_000)), List.of());
        spool.end(stdout(FIRST));
        spool.record(List.of(over(FIRST, uploaded(bytes), StreamOutput.NOTHING)), List.of());
        spool.stored(List.of(new Spool.Position(stdout(FIRST), 370_000)), List.of());
        var later = open();
        assertThat(later.takeKept()).hasSize(1);
        var chunk = Objects.requireNonNull(later.next(1 << 20));
        assertThat(chunk.offset()).isEqualTo(370_000);
        assertThat(chunk.data()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 370_000, 400_000));
        assertThat(chunk.last()).isTrue();
    }

    /** A power cut may take the middle of a stream while what came later is there. */
    @Test
    void aHoleIsSeenEvenAtTheStart() throws IOException {
        var bytes = noise(400_000, 1);
        var spool = open();
        for (var at = 0; at < bytes.length; at += 50_000) {
            spool.append(stdout(FIRST), direct(bytes).position(at).limit(at + 50_000));
        }
        spool.end(stdout(FIRST));
        spool.record(List.of(over(FIRST, uploaded(bytes), StreamOutput.NOTHING)), List.of());
        assertThat(segments()).isGreaterThan(1);
        Files.delete(folder.resolve("%016x.segment".formatted(0)));
        assertThat(open().takeKept()).isEmpty();
        assertThat(segments()).isZero();
        assertThat(open().takeKept()).isEmpty();
    }

    @Test
    void theReportsAreWrittenAnewWhenTheyAreMostlyGarbage() throws IOException {
        var spool = open();
        var stays = over(SECOND, inline(noise(1000, 2)), StreamOutput.NOTHING);
        spool.record(List.of(stays), List.of());
        for (var i = 0; i < 200; i++) {
            spool.record(List.of(over(FIRST, inline(noise(10_000, i)), StreamOutput.NOTHING)), List.of(FIRST));
            assertThat(spool.bytes()).isLessThan(LIMIT / 4);
        }
        assertThat(open().takeKept()).containsExactly(stays);
        spool.record(List.of(), List.of(SECOND));
        spool.upkeep();
        assertThat(Files.size(folder.resolve("reports"))).isZero();
    }

    @Test
    void aFullSpoolPullsNothingThenReadsNothingAndLosesNothing() throws IOException {
        var bytes = noise(2 << 20, 1);
        var spool = open();
        var at = 0;
        while (heard.isReading()) {
            assertThat(heard.isScarce()).isEqualTo(spool.bytes() > LIMIT * 8 / 10);
            spool.append(stdout(FIRST), direct(bytes).position(at).limit(at + 30_000));
            at += 30_000;
        }
        assertThat(spool.bytes()).isBetween(LIMIT * 9 / 10, LIMIT);
        var written = at;
        spool.append(stdout(FIRST), direct(bytes).position(at).limit(at + 60_000));
        assertThat(spool.bytes()).isLessThanOrEqualTo(LIMIT);
        assertThat(unsent(spool)).isEqualTo(java.util.Arrays.copyOf(bytes, written + 60_000));
        spool.stored(List.of(new Spool.Position(stdout(FIRST), 280_000)), List.of());
        assertThat(heard.isReading()).isTrue();
        assertThat(heard.isScarce()).isTrue();
        spool.stored(List.of(new Spool.Position(stdout(FIRST), written + 60_000)), List.of());
        assertThat(heard.isScarce()).isFalse();
        assertThat(segments()).isZero();
    }

    @Test
    void aDiskThatFailsIsTriedAgainAndNothingIsLost() throws IOException {
        var bytes = noise(300_000, 1);
        var spool = open();
        spool.append(stdout(FIRST), direct(bytes).limit(100_000));
        broken = true;
        spool.append(stdout(FIRST), direct(bytes).position(100_000).limit(200_000));
        assertThat(heard.isReading()).isFalse();
        assertThat(heard.isScarce()).isTrue();
        spool.append(stdout(FIRST), direct(bytes).position(200_000));
        spool.end(stdout(FIRST));
        spool.record(List.of(over(FIRST, uploaded(bytes), StreamOutput.NOTHING)), List.of());
        spool.upkeep();
        assertThat(heard.isReading()).isFalse();
        broken = false;
        spool.upkeep();
        assertThat(heard.isReading()).isTrue();
        assertThat(heard.isScarce()).isFalse();
        assertThat(unsent(spool)).isEqualTo(bytes);
        var later = open();
        assertThat(later.takeKept()).hasSize(1);
        assertThat(unsent(later)).isEqualTo(bytes);
    }

    @Test
    void whatIsStoredFreesEvenABrokenDisk() throws IOException {
        var bytes = noise(300_000, 1);
        var spool = open();
        spool.append(stdout(FIRST), direct(bytes).limit(200_000));
        broken = true;
        spool.append(stdout(FIRST), direct(bytes).position(200_000));
        spool.end(stdout(FIRST));
        spool.record(List.of(over(FIRST, uploaded(bytes), StreamOutput.NOTHING)), List.of());
        spool.stored(List.of(whole(bytes)), List.of());
        assertThat(heard.stored()).containsExactly(FIRST);
        assertThat(segments()).isZero();
    }

    @Test
    void tasksThatWriteLetterByLetterHaveFewFrames() throws IOException {
        var spool = open();
        for (var i = 0; i < 100_000; i++) {
            spool.append(stdout(FIRST), direct(new byte[]{(byte) i}));
        }
        spool.end(stdout(FIRST));
        assertThat(spool.bytes()).isBetween(100_000L, 101_000L);
        assertThat(unsent(spool)).hasSize(100_000);
    }

    /** Killed at any byte: what is read back is a report that was kept, with all of its output or without any. */
    @Test
    void atEveryByteOfTheTailTheRestIsReadBack() throws IOException {
        var bytes = IntStream.range(0, 4).mapToObj(i -> noise(120, i)).toList();
        var spool = open();
        for (var i = 0; i < bytes.size(); i++) {
            var attempt = new dev.ganger.model.AttemptId(1, i, 1);
            spool.append(stdout(attempt), direct(bytes.get(i)));
            spool.end(stdout(attempt));
            spool.record(List.of(over(attempt, uploaded(bytes.get(i)), StreamOutput.NOTHING)), List.of());
        }
        var segment = Files.readAllBytes(folder.resolve("%016x.segment".formatted(0)));
        var reports = Files.readAllBytes(folder.resolve("reports"));
        for (var cut = 0; cut <= segment.length; cut++) {
            assertThat(readBack(segment, cut, reports, reports.length)).hasSize(cut / (segment.length / 4));
        }
        var before = 0;
        for (var cut = 0; cut <= reports.length; cut++) {
            var read = readBack(segment, segment.length, reports, cut).size();
            assertThat(read).isBetween(before, before + 1);
            before = read;
        }
        assertThat(before).isEqualTo(4);
    }

    @Test
    void aChangedByteIsSeen() throws IOException {
        var bytes = noise(120, 1);
        var spool = open();
        writes(spool, bytes);
        spool.record(List.of(over(FIRST, uploaded(bytes), StreamOutput.NOTHING)), List.of());
        var segment = Files.readAllBytes(folder.resolve("%016x.segment".formatted(0)));
        var reports = Files.readAllBytes(folder.resolve("reports"));
        for (var at = 0; at < segment.length; at++) {
            assertThat(readBack(changed(segment, at), segment.length, reports, reports.length)).isEmpty();
        }
        for (var at = 0; at < reports.length; at++) {
            assertThat(readBack(segment, segment.length, changed(reports, at), reports.length)).isEmpty();
        }
        assertThat(readBack(segment, segment.length, reports, reports.length)).hasSize(1);
    }

    private static byte[] changed(byte[] bytes, int at) {
        var copy = bytes.clone();
        copy[at] ^= 1;
        return copy;
    }

    private List<Action.Over> readBack(byte[] segment, int segmentBytes, byte[] reports, int reportBytes) throws IOException {
        Files.write(folder.resolve("%016x.segment".formatted(0)), java.util.Arrays.copyOf(segment, segmentBytes));
        Files.write(folder.resolve("reports"), java.util.Arrays.copyOf(reports, reportBytes));
        var spool = open();
        var kept = spool.takeKept();
        assertThat(unsent(spool)).hasSize(120 * kept.size());
        spool.close();
        return kept;
    }
}
