package dev.ganger.coordinator.api;

import dev.ganger.coordinator.output.FakeOutputs;
import dev.ganger.coordinator.output.OutputStore.Piece;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading one stream, compared with a text in memory. */
final class StreamCursorTest {
    private static final StreamId STREAM = new StreamId(new AttemptId(1, 1, 1), StreamName.STDOUT);

    private final FakeOutputs outputs = new FakeOutputs();
    private final StringBuilder sent = new StringBuilder();

    private void keep(Piece piece) {
        sent.append(StandardCharsets.ISO_8859_1.decode(piece.data()));
    }

    private void advance(StreamCursor cursor) throws InterruptedException {
        while (cursor.advance(OutputSource.live(outputs, STREAM), (_, piece) -> keep(piece))) {
            assertThat(sent.toString()).isNotNull();
        }
    }

    @Test
    void aStreamThatNeverEndsLeavesOthersTheirTurn() throws InterruptedException {
        var cursor = new StreamCursor(STREAM, 0, false);
        OutputSource endless = (offset, most) -> new Piece(offset, bytes("x"));
        assertThat(cursor.advance(endless, (_, piece) -> keep(piece))).isTrue();
        assertThat(sent).isNotEmpty();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(SplittableRandom random, int length) {
        var text = new StringBuilder();
        var newlines = 1 + random.nextInt(30);
        while (text.length() < length) {
            text.append(random.nextInt(newlines) == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    @RepeatedTest(20)
    void ofLinesOnlyWholeOnesAreSentWhereverTheyAreCut(RepetitionInfo seed) throws InterruptedException {
        var random = new SplittableRandom(seed.getCurrentRepetition());
        var text = text(random, 2_000);
        var cursor = new StreamCursor(STREAM, 0, true);
        for (var at = 0; at < text.length();) {
            var size = Math.min(text.length() - at, 1 + random.nextInt(40));
            outputs.append(STREAM, Limits.ALL_OUTPUT, at, bytes(text.substring(at, at + size)));
            at += size;
            if (random.nextInt(3) == 0) {
                advance(cursor);
                assertThat(sent.toString()).isEqualTo(text.substring(0, text.lastIndexOf('\n', at - 1) + 1));
            }
            if (random.nextInt(10) == 0) {
                cursor = new StreamCursor(STREAM, cursor.sent(), true);
            }
        }
        cursor.finish(OutputSource.live(outputs, STREAM), (_, piece) -> keep(piece));
        assertThat(sent.toString()).isEqualTo(text);
    }

    @Test
    void aLineLongerThanAnyChunkIsSentInOnePlace() throws InterruptedException {
        var line = "x".repeat(3 * Limits.OUTPUT_CHUNK_BYTES);
        outputs.append(STREAM, Limits.ALL_OUTPUT, 0, bytes("short\n" + line));
        var cursor = new StreamCursor(STREAM, 0, true);
        advance(cursor);
        assertThat(sent.toString()).isEqualTo("short\n");
        outputs.append(STREAM, Limits.ALL_OUTPUT, 6 + line.length(), bytes("\nnext"));
        advance(cursor);
        assertThat(sent.toString()).isEqualTo("short\n" + line + "\n");
    }

    @Test
    void whatIsKeptOfAStreamIsReadToTheByteWhereverItIs() throws InterruptedException {
        var random = new SplittableRandom(7);
        for (var round = 0; round < 300; round++) {
            var text = text(random, 1 + random.nextInt(60));
            var limit = random.nextInt(text.length() + 10);
            var dropped = Math.max(0, text.length() - limit);
            var kept = dropped == 0
                    ? text
                    : text.substring(0, limit / 2) + text.substring(text.length() - (limit - limit / 2));
            var stream = new StreamId(new AttemptId(2, round, 1), StreamName.STDERR);
            outputs.append(stream, Limits.ALL_OUTPUT, 0, bytes(text));
            var from = random.nextInt(text.length() + 1);
            check(text, kept, dropped, from, stream, Bytes.EMPTY);
            check(text, kept, dropped, from, stream, Bytes.wrap(kept.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private void check(String text, String kept, int dropped, int from, StreamId stream, Bytes inline)
            throws InterruptedException {
        var output = new StreamOutput(text.length(), Bytes.EMPTY, dropped, inline);
        var before = (int) Math.min(from, output.headBytes()) + (int) Math.max(0, from - output.headBytes() - dropped);
        sent.setLength(0);
        new StreamCursor(stream, from, false).finish(OutputSource.ended(outputs, stream, output), (_, piece) -> keep(piece));
        assertThat(sent.toString()).as("'%s' less %d from %d", text, dropped, from).isEqualTo(kept.substring(before));
    }

    @Test
    void theLastLinesBeginWhereTheyDo() {
        var random = new SplittableRandom(11);
        for (var round = 0; round < 300; round++) {
            var text = text(random, random.nextInt(100));
            var stream = new StreamId(new AttemptId(3, round, 1), StreamName.STDOUT);
            outputs.append(stream, Limits.ALL_OUTPUT, 0, bytes(text));
            var lines = random.nextInt(8);
            var expected = text.length();
            for (var line = 0; line < lines && expected > 0; line++) {
                expected = text.lastIndexOf('\n', expected - 2) + 1;
            }
            assertThat(LastLines.start(OutputSource.live(outputs, stream), text.length(), lines))
                    .as("%d of '%s'", lines, text).isEqualTo(expected);
        }
    }
}
