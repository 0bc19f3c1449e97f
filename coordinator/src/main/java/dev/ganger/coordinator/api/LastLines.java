package dev.ganger.coordinator.api;

import dev.ganger.model.Limits;
import java.util.stream.LongStream;

/** Finds where the last lines of a stream begin, reading backwards. */
final class LastLines {
    private LastLines() {}

    /** The offset of the first of so many last lines before an end; what follows the last newline is a line too. */
    static long start(OutputSource source, long end, long lines) {
        if (lines <= 0) {
            return end;
        }
        var left = lines;
        for (var to = end; to > 0; to = Math.max(0, to - Limits.OUTPUT_CHUNK_BYTES)) {
            var from = Math.max(0, to - Limits.OUTPUT_CHUNK_BYTES);
            var newlines = newlines(source, from, to);
            for (var each = newlines.length - 1; each >= 0; each--) {
                if (newlines[each] != end - 1 && --left == 0) {
                    return newlines[each] + 1;
                }
            }
        }
        return 0;
    }

    private static long[] newlines(OutputSource source, long from, long to) {
        var found = LongStream.builder();
        var at = from;
        while (at < to) {
            var piece = source.read(at, (int) (to - at));
            if (piece == null) {
                break;
            }
            var data = piece.data();
            for (var each = 0; each < data.remaining() && piece.offset() + each < to; each++) {
                if (data.get(data.position() + each) == '\n') {
                    found.add(piece.offset() + each);
                }
            }
            at = piece.end();
        }
        return found.build().toArray();
    }
}
