package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** An entry for each line, or for each string that ends with NUL. */
final class LineReader implements EntryReader {
    private static final int READ_BYTES = 64 * 1024;

    private final InputStream in;
    private final String source;
    private final byte end;
    private final byte[] read = new byte[READ_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int from;
    private int to;
    private long lines;

    /** The source is what it is called in messages. */
    LineReader(InputStream in, String source, boolean nul) {
        this.in = in;
        this.source = source;
        this.end = (byte) (nul ? 0 : '\n');
    }

    @Override
    public String none() {
        return end == 0
                ? "is empty, and each string that ends with NUL would be a task"
                : "has no lines, and each line would be a task";
    }

    @Override
    public @Nullable Bytes next() {
        line.reset();
        while (true) {
            if (from == to && !fill()) {
                return line.size() == 0 ? null : checked();
            }
            var at = from;
            while (at < to && read[at] != end) {
                at++;
            }
            line.write(read, from, at - from);
            var complete = at < to;
            from = complete ? at + 1 : at;
            if (complete || line.size() >= Limits.STRING_BYTES) {
                return checked();
            }
        }
    }

    private boolean fill() {
        try {
            from = 0;
            to = Math.max(0, in.read(read));
            return to > 0;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Bytes checked() {
        lines++;
        var what = (end == 0 ? "entry " : "line ") + lines + " of " + source;
        if (line.size() >= Limits.STRING_BYTES) {
            throw Failure.usage(what + " is too long: an entry must be smaller than " + Limits.STRING_BYTES
                    + " bytes; nothing was submitted");
        }
        var entry = Bytes.wrap(line.toByteArray());
        if (entry.contains(0)) {
            throw Failure.usage(what
                    + " contains a NUL byte, which no argument can hold; nothing was submitted; with -0, entries end with NUL");
        }
        return entry;
    }
}
