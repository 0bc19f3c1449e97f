package dev.ganger.agent.output;

import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.agent.output.Samples.FIRST;
import static dev.ganger.agent.output.Samples.direct;
import static dev.ganger.agent.output.Samples.noise;
import static dev.ganger.agent.output.Samples.sha256;
import static dev.ganger.agent.output.Samples.stdout;
import static org.assertj.core.api.Assertions.assertThat;

/** What is inside a result, and what goes live. */
final class StreamCollectorTest {
    private static final byte[] TEXT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder = Path.of("");
    private final Bell bell = new Bell();
    private final Nursery nursery = new Nursery(bell);
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        var heard = new Heard();
        spool = new Spool(folder, 1 << 20, Disk::ofThisMachine, heard, heard::reading, new Spool.Bells(bell, new Bell()));
    }

    private StreamCollector collector(long limit) {
        return new StreamCollector(stdout(FIRST), limit, spool, nursery);
    }

    private StreamOutput output(long limit, byte[] bytes, boolean outside) {
        var collector = collector(limit);
        collector.accept(direct(bytes));
        return collector.end(outside);
    }

    private byte[] live() throws IOException {
        var all = ByteBuffer.allocate(1 << 20);
        for (var chunk = spool.next(1 << 20); chunk != null; chunk = spool.next(1 << 20)) {
            assertThat(chunk.offset()).isEqualTo(all.position());
            all.put(chunk.data());
        }
        var bytes = new byte[all.flip().remaining()];
        all.get(bytes);
        return bytes;
    }

    @Test
    void nothingIsNothing() {
        assertThat(collector(Limits.ALL_OUTPUT).end(true)).isEqualTo(StreamOutput.NOTHING);
    }

    @Test
    void theSmallAndShortIsInside() throws IOException {
        assertThat(output(Limits.ALL_OUTPUT, TEXT, false)).isEqualTo(new StreamOutput(10, sha256(TEXT), 0, Bytes.of(TEXT)));
        assertThat(live()).isEmpty();
        assertThat(spool.bytes()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).containsExactly("reports");
        }
    }

    @Test
    void asMuchAsAResultHoldsIsInside() throws IOException {
        var bytes = noise(Limits.INLINE_OUTPUT_BYTES, 1);
        assertThat(output(Limits.ALL_OUTPUT, bytes, false).inline()).isEqualTo(Bytes.of(bytes));
        assertThat(live()).isEmpty();
    }

    @Test
    void oneByteMoreGoesLiveWhole() throws IOException {
        var bytes = noise(Limits.INLINE_OUTPUT_BYTES + 1, 2);
        var collector = collector(Limits.ALL_OUTPUT);
        collector.accept(direct(bytes).limit(1000));
        collector.accept(direct(bytes).position(1000));
        assertThat(collector.end(false)).isEqualTo(new StreamOutput(bytes.length, sha256(bytes), 0, Bytes.EMPTY));
        assertThat(live()).isEqualTo(bytes);
    }

    @Test
    void whatIsOldGoesLiveAndTheRestFollows() throws Exception {
        var collector = collector(Limits.ALL_OUTPUT);
        collector.accept(direct(TEXT));
        bell.await(Long.MAX_VALUE);
        for (var left = nursery.growUp(); left < Long.MAX_VALUE; left = nursery.growUp()) {
            assertThat(left).isLessThanOrEqualTo(Nursery.YOUTH_NANOS);
            bell.await(left);
        }
        assertThat(live()).isEqualTo(TEXT);
        collector.accept(direct(TEXT));
        assertThat(collector.end(false)).isEqualTo(new StreamOutput(20, sha256((new String(TEXT, StandardCharsets.US_ASCII)
                .repeat(2)).getBytes(StandardCharsets.US_ASCII)), 0, Bytes.EMPTY));
        var rest = spool.next(1 << 20);
        assertThat(rest).isNotNull().extracting(Chunk::offset).isEqualTo(10L);
    }

    @Test
    void whatEndsYoungIsForgottenByTheNursery() {
        output(Limits.ALL_OUTPUT, TEXT, false);
        assertThat(nursery.growUp()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAttemptThatMayBeTriedAgainIsUploaded() throws IOException {
        assertThat(output(Limits.ALL_OUTPUT, TEXT, true)).isEqualTo(new StreamOutput(10, sha256(TEXT), 0, Bytes.EMPTY));
        assertThat(live()).isEqualTo(TEXT);
    }

    @Test
    void ofWhatIsInsideTheFirstAndTheLastHalfAreKept() {
        assertThat(output(5, TEXT, false)).isEqualTo(new StreamOutput(10, sha256(TEXT), 5, Bytes.utf8("01789")));
        assertThat(output(1, TEXT, false).inline()).isEqualTo(Bytes.utf8("9"));
        assertThat(output(10, TEXT, false).dropped()).isZero();
    }

    @Test
    void ofWhatIsLiveAllIsUploadedAndTheMiddleCountsAsDropped() throws IOException {
        assertThat(output(4, TEXT, true)).isEqualTo(new StreamOutput(10, sha256(TEXT), 6, Bytes.EMPTY));
        assertThat(live()).isEqualTo(TEXT);
    }

    @Test
    void nothingIsKeptIfTheLimitIsNothing() throws IOException {
        var bytes = noise(100_000, 3);
        assertThat(output(0, bytes, true)).isEqualTo(new StreamOutput(bytes.length, sha256(bytes), bytes.length, Bytes.EMPTY));
        assertThat(live()).isEmpty();
    }
}
