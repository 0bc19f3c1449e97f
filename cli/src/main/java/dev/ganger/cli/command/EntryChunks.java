package dev.ganger.cli.command;

import dev.ganger.cli.client.Entries;
import dev.ganger.cli.client.Failure;
import dev.ganger.json.MalformedJson;
import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads as many entries as the next message needs, so that any number of them needs no memory. */
final class EntryChunks implements Entries {
    private static final int CHUNK_ENTRIES = 16_384;
    /** What the message adds to an entry, at most. */
    private static final int ENTRY_OVERHEAD = 8;

    private final CountedInput in;
    private final Operand file;
    private final Function<CountedInput, EntryReader> begin;
    private @Nullable EntryReader reader;
    private boolean any;
    private boolean ended;

    EntryChunks(CountedInput in, Operand file, Function<CountedInput, EntryReader> begin) {
        this.in = in;
        this.file = file;
        this.begin = begin;
    }

    @Override
    public List<Bytes> nextChunk() {
        try {
            return chunk();
        } catch (MalformedJson problem) {
            throw new Failure(Failure.Kind.USAGE, problem.sentence() + "; nothing was submitted", problem);
        } catch (UncheckedIOException problem) {
            var cause = problem.getCause();
            throw file.unreadable((cause == null ? problem : cause).getMessage() + "; nothing was submitted", problem);
        }
    }

    private List<Bytes> chunk() {
        var from = reader == null ? begin.apply(in) : reader;
        reader = from;
        var chunk = new ArrayList<Bytes>();
        var left = Limits.CHUNK_BYTES;
        while (!ended && chunk.size() < CHUNK_ENTRIES && left >= Limits.STRING_BYTES + ENTRY_OVERHEAD) {
            var entry = from.next();
            if (entry == null) {
                ended = true;
            } else {
                chunk.add(entry);
                left -= entry.size() + ENTRY_OVERHEAD;
            }
        }
        any |= !chunk.isEmpty();
        if (!any) {
            throw Failure.usage("no entries: " + file + " " + from.none());
        }
        return chunk;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException _) {
            // All that was wanted of it has been read.
        }
    }
}
