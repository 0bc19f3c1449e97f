package dev.ganger.cli.view;

import com.google.protobuf.ByteString;
import dev.ganger.model.Bytes;
import dev.ganger.model.StreamId;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What tasks write as objects, one for each of their lines; a very long line is cut into several. */
final class JsonLines implements TaskOutput {
    private static final int LONGEST_BYTES = 64 * 1024;

    private final TextStream out;
    private final Map<StreamId, Line> open = new HashMap<>();

    JsonLines(TextStream out) {
        this.out = out;
    }

    /** The beginning of a line, and where in its stream it stands. */
    private static final class Line {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long offset;

        private long end() {
            return offset + bytes.size();
        }
    }

    @Override
    public void write(StreamId source, long offset, ByteString data) {
        var line = open.computeIfAbsent(source, _ -> new Line());
        if (line.end() != offset) {
            print(source, line, false);
            line.offset = offset;
        }
        for (var octet : data.toByteArray()) {
            if (octet == '\n') {
                print(source, line, true);
                continue;
            }
            line.bytes.write(octet);
            if (line.bytes.size() == LONGEST_BYTES) {
                print(source, line, false);
            }
        }
    }

    /** A line that is complete is shown also if nothing stands in it. */
    private void print(StreamId source, Line line, boolean complete) {
        if (line.bytes.size() > 0 || complete) {
            var bytes = Bytes.of(line.bytes.toByteArray());
            out.bytes(Json.line(json -> write(json, source, line.offset, bytes, complete)));
        }
        line.offset = line.end() + (complete ? 1 : 0);
        line.bytes.reset();
    }

    private static void write(Json json, StreamId source, long offset, Bytes line, boolean complete) {
        json.text("task", source.attempt().task().toString())
                .number("attempt", source.attempt().number())
                .text("stream", Words.word(source.name()))
                .number("offset", offset)
                .text("line", line.isUtf8() ? line.toString() : null)
                .text("lineBase64", line.isUtf8() ? null : Base64.getEncoder().encodeToString(line.toByteArray()))
                .truth("complete", complete);
    }

    @Override
    public void end(StreamId source) {
        var line = open.remove(source);
        if (line != null) {
            print(source, line, false);
        }
    }

    @Override
    public void flush() {
        out.flush();
    }
}
