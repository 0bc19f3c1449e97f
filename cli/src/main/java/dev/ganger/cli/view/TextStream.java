package dev.ganger.cli.view;

import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Lines and bytes to one of the standard streams, always UTF-8, never failing silently. */
final class TextStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final OutputStream stream;

    TextStream(OutputStream stream) {
        this.stream = new BufferedOutputStream(stream, BUFFER_BYTES);
    }

    void line(String text) {
        bytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) {
        try {
            stream.write(bytes);
        } catch (IOException problem) {
            throw new OutputClosed(problem);
        }
    }

    void bytes(byte[] bytes, int from, int length) {
        try {
            stream.write(bytes, from, length);
        } catch (IOException problem) {
            throw new OutputClosed(problem);
        }
    }

    /** More than the buffer holds is not copied into it. */
    void bytes(ByteString bytes) {
        try {
            bytes.writeTo(stream);
        } catch (IOException problem) {
            throw new OutputClosed(problem);
        }
    }

    void flush() {
        try {
            stream.flush();
        } catch (IOException problem) {
            throw new OutputClosed(problem);
        }
    }
}
