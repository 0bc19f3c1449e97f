package dev.ganger.cli.view;

import com.google.protobuf.ByteString;
import dev.ganger.model.StreamId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One of the standard streams, as what tasks write goes there. */
final class Outlet {
    private final TextStream stream;
    private final boolean marked;
    private final @Nullable Visible visible;
    /** Whose line is not ended. */
    private @Nullable StreamId open;

    /** Each line can be marked with its task; {@code visible} is null where bytes go as they are. */
    Outlet(TextStream stream, boolean marked, @Nullable Visible visible) {
        this.stream = stream;
        this.marked = marked;
        this.visible = visible;
    }

    void write(StreamId source, ByteString data) {
        if (!marked && visible == null) {
            stream.bytes(data);
            return;
        }
        var bytes = data.toByteArray();
        if (marked) {
            writeLines(source, bytes);
        } else {
            put(source, bytes, 0, bytes.length);
        }
    }

    private void writeLines(StreamId source, byte[] bytes) {
        var from = 0;
        while (from < bytes.length) {
            if (open == null) {
                stream.bytes((source.attempt().task() + ": ").getBytes(StandardCharsets.US_ASCII));
            }
            var end = lineEnd(bytes, from);
            open = bytes[end - 1] == '\n' ? null : source;
            put(source, bytes, from, end);
            from = end;
        }
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (var at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return bytes.length;
    }

    private void put(StreamId source, byte[] bytes, int from, int to) {
        if (visible == null) {
            stream.bytes(bytes, from, to - from);
        } else {
            stream.bytes(visible.text(source, bytes, from, to).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Something else follows: a line that stands open is ended. */
    void makeRoom(StreamId next) {
        var last = open;
        if (last != null && !last.equals(next)) {
            end(last);
            stream.bytes(new byte[]{'\n'});
            open = null;
        }
    }

    /** The source writes no more. */
    void end(StreamId source) {
        if (visible != null) {
            stream.bytes(visible.rest(source).getBytes(StandardCharsets.UTF_8));
        }
    }

    void flush() {
        stream.flush();
    }
}
