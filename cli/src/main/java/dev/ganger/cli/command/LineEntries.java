package dev.ganger.cli.command;

import dev.ganger.cli.client.Entries;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A task for each line: reads as far as the next chunk needs, so that any number of lines needs no memory. */
final class LineEntries implements Entries {
    private static final int CHUNK_ENTRIES = 16_384;
    /** What the message adds to an entry, at most. */
    private static final int ENTRY_OVERHEAD = 8;
    private static final int READ_BYTES = 64 * 1024;

    private final InputStream in;
    private final String source;
    private final LongConsumer progress;
    private final byte[] read = new byte[READ_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int from;
    private int to;
    private long lines;
    private boolean ended;

    /**
     * @param source   what it is called in messages
     * @param progress is told how many lines there were so far
     */
    LineEntries(InputStream in, String source, LongConsumer progress) {
        this.in = in;
        this.source = source;
        this.progress = progress;
    }

    @Override
    public List<Bytes> nextChunk() {
        var chunk = new ArrayList<Bytes>();
        var left = Limits.CHUNK_BYTES;
        while (!ended && chunk.size() < CHUNK_ENTRIES && left >= Limits.STRING_BYTES + ENTRY_OVERHEAD) {
            var entry = nextLine();
            if (entry != null) {
                chunk.add(entry);
                left -= entry.size() + ENTRY_OVERHEAD;
            }
        }
        if (ended && lines == 0) {
            throw Failure.usage("no entries: " + source + " has no lines, and each line would be a task");
        }
        progress.accept(lines);
        return chunk;
    }

    private @org.jspecify.annotations.Nullable Bytes nextLine() {
        line.reset();
        while (true) {
            if (from == to && !fill()) {
                ended = true;
                return line.size() == 0 ? null : checked();
            }
            var end = from;
            while (end < to && read[end] != '\n') {
                end++;
            }
            line.write(read, from, end - from);
            var complete = end < to;
            from = complete ? end + 1 : end;
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
            throw new Failure(Kind.USAGE, "cannot read " + source + ": " + problem.getMessage(), problem);
        }
    }

    private Bytes checked() {
        lines++;
        if (line.size() >= Limits.STRING_BYTES) {
            throw Failure.usage("line " + lines + " of " + source + " is too long: an entry must be smaller than "
                    + Limits.STRING_BYTES + " bytes; nothing was submitted");
        }
        var entry = Bytes.wrap(line.toByteArray());
        if (entry.contains(0)) {
            throw Failure.usage("line " + lines + " of " + source
                    + " contains a NUL byte, which no argument can hold; nothing was submitted");
        }
        return entry;
    }
}
