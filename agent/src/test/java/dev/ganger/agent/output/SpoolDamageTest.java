package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.agent.output.Samples.direct;
import static dev.ganger.agent.output.Samples.inline;
import static dev.ganger.agent.output.Samples.noise;
import static dev.ganger.agent.output.Samples.over;
import static dev.ganger.agent.output.Samples.stdout;
import static dev.ganger.agent.output.Samples.uploaded;
import static org.assertj.core.api.Assertions.assertThat;

/** A small spool, cut at each byte and flipped at each byte of each of its files: all is read back, or what is not is said with its place. */
final class SpoolDamageTest {
    private static final int ATTEMPTS = 4;

    @TempDir
    private Path all;
    private Path whole = Path.of("");
    private List<Action.Over> kept = List.of();

    @BeforeEach
    void fill() throws IOException {
        whole = Files.createDirectory(all.resolve("whole"));
        var heard = new Heard();
        var spool = new Spool(whole, 1 << 20, Disk::ofThisMachine, heard, heard::reading,
                new Spool.Bells(new Bell(), new Bell()));
        for (var number = 1; number <= ATTEMPTS; number++) {
            var attempt = new AttemptId(1, number, 1);
            var bytes = noise(20, number);
            if (number % 2 == 0) {
                spool.append(stdout(attempt), direct(bytes));
                spool.end(stdout(attempt));
            }
            spool.record(List.of(over(attempt, number % 2 == 0 ? uploaded(bytes) : inline(bytes), StreamOutput.NOTHING)),
                    List.of());
        }
        spool.close();
        kept = readBack(whole).kept();
        assertThat(kept).hasSize(ATTEMPTS);
    }

    private static ReadBack readBack(Path folder) throws IOException {
        var reports = new Reports(folder, 1 << 20, Disk::ofThisMachine);
        var segments = new Segments(folder, 1 << 20, Disk::ofThisMachine);
        try {
            return ReadBack.of(reports, segments);
        } finally {
            reports.close();
            segments.close();
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(whole)) {
            return files.sorted().toList();
        }
    }

    private ReadBack with(Path changed, byte[] content) throws IOException {
        var folder = Files.createDirectories(all.resolve("changed"));
        for (var file : files()) {
            Files.write(folder.resolve(file.getFileName()), file.equals(changed) ? content : Files.readAllBytes(file));
        }
        return readBack(folder);
    }

    private void assertWholeOrSaid(ReadBack found, Path file, int at) {
        assertThat(kept).as("%s at %d", file, at).containsAll(found.kept());
        if (found.kept().size() < kept.size()) {
            assertThat(found.remarks()).as("%s at %d", file, at)
                    .anyMatch(remark -> remark.startsWith(file.getFileName() + ": ") && remark.contains("byte"));
        }
    }

    @Test
    void aFlippedByteIsSaidAndCostsNothingButItsRecord() throws IOException {
        for (var file : files()) {
            var content = Files.readAllBytes(file);
            var records = ends(content, file);
            for (var at = 0; at < content.length; at++) {
                var damaged = content.clone();
                damaged[at] ^= 0x10;
                var found = with(file, damaged);
                assertWholeOrSaid(found, file, at);
                assertThat(found.remarks()).as("%s at %d", file, at).isNotEmpty();
                var place = at;
                var record = records.stream().filter(end -> end <= place).reduce((_, second) -> second).orElse(0);
                var inLength = at - record >= Integer.BYTES && at - record < 2 * Integer.BYTES;
                if (!inLength) {
                    assertThat(found.kept()).as("%s at %d", file, at).hasSizeGreaterThanOrEqualTo(ATTEMPTS - 1);
                }
            }
        }
    }

    @Test
    void aCutIsSaid() throws IOException {
        for (var file : files()) {
            var content = Files.readAllBytes(file);
            var ends = new ArrayList<>(ends(content, file));
            ends.add(0);
            for (var cut = 0; cut < content.length; cut++) {
                var found = with(file, Arrays.copyOf(content, cut));
                if (ends.contains(cut)) {
                    // as a tail that never reached the disk: the coordinator knows of these attempts, and gives them again
                    assertThat(kept).containsAll(found.kept());
                } else {
                    assertThat(found.remarks()).as("%s cut at %d", file, cut).isNotEmpty();
                    assertWholeOrSaid(found, file, cut);
                }
            }
        }
    }

    /** Where the records of a file end. */
    private static List<Integer> ends(byte[] content, Path file) {
        var buffer = java.nio.ByteBuffer.wrap(content);
        var ends = new ArrayList<Integer>();
        while (buffer.hasRemaining()) {
            var length = file.endsWith("reports") ? Report.lengthOf(buffer) : Frame.lengthOf(buffer);
            buffer.position(buffer.position() + length);
            ends.add(buffer.position());
        }
        return ends;
    }
}
