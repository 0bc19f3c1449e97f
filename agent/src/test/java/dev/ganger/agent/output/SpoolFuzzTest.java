package dev.ganger.agent.output;

import dev.ganger.fuzz.Fuzz;
import dev.ganger.model.StreamOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static dev.ganger.agent.output.Samples.FIRST;
import static dev.ganger.agent.output.Samples.inline;
import static dev.ganger.agent.output.Samples.over;
import static dev.ganger.agent.output.Samples.stdout;

/** Records of the spool that are any bytes, also with a checksum that is right, are read or are none. */
final class SpoolFuzzTest {
    @TestFactory
    Stream<DynamicTest> records() {
        var reports = Stream.of(new Report.Keep(over(FIRST, inline(new byte[]{1, 2}), StreamOutput.NOTHING), 3, 4),
                new Report.Stored(FIRST), new Report.Forget(FIRST), new Report.Floor(stdout(FIRST), 7)).map(Report::encoded)
                .toList();
        var target = ByteBuffer.allocate(Frame.HEADER_BYTES + Frame.MOST_BYTES);
        var length = Frame.write(target, stdout(FIRST), 5, ByteBuffer.wrap(new byte[]{1, 2, 3})).remaining();
        var frame = java.util.Arrays.copyOf(target.array(), length);
        // a search that is guided by coverage also finds the checksum
        return Fuzz.tests(
                Fuzz.of("a report", input -> Report.read(ByteBuffer.wrap(input)), IllegalArgumentException.class).from(reports),
                Fuzz.of("a report with the right checksum", input -> Report.read(sealed(input, Report.HEADER_BYTES)),
                        IllegalArgumentException.class).from(reports),
                Fuzz.of("a frame", input -> Frame.read(ByteBuffer.wrap(input)), IllegalArgumentException.class)
                        .from(List.of(frame)),
                Fuzz.of("a frame with the right checksum", input -> Frame.read(sealed(input, Frame.HEADER_BYTES)),
                        IllegalArgumentException.class)
                        .from(List.of(frame)));
    }

    /** As somebody would write it who knows how. */
    private static ByteBuffer sealed(byte[] input, int headerBytes) {
        var whole = ByteBuffer.wrap(input.clone());
        if (input.length >= headerBytes) {
            whole.putInt(Integer.BYTES, input.length - headerBytes);
            var sum = new CRC32C();
            sum.update(whole.slice(Integer.BYTES, input.length - Integer.BYTES));
            whole.putInt(0, (int) sum.getValue());
        }
        return whole;
    }
}
