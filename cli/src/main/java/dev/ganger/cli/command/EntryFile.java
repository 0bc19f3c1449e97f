package dev.ganger.cli.command;

import dev.ganger.cli.client.Entries;
import dev.ganger.cli.client.EntrySource;
import dev.ganger.json.JsonEntries;
import java.util.List;
import java.util.function.Function;

/** Entries in a file or on the standard input. */
final class EntryFile implements EntrySource {
    private final Operand file;
    private final Function<CountedInput, EntryReader> read;
    private final EntryProgress progress;

    private EntryFile(Operand file, Function<CountedInput, EntryReader> read, EntryProgress progress) {
        this.file = file;
        this.read = read;
        this.progress = progress;
    }

    /** One for each line; or for each string that ends with NUL. */
    static EntryFile lines(Operand file, boolean nul, EntryProgress progress) {
        return new EntryFile(file, in -> new LineReader(in, file.toString(), nul), progress);
    }

    /** One for each JSON value, which must have these fields. */
    static EntryFile json(Operand file, List<String> fields, EntryProgress progress) {
        return new EntryFile(file, in -> new JsonReader(new JsonEntries(in, file.toString()), fields), progress);
    }

    @Override
    public Entries open() {
        var in = new CountedInput(file.open(), progress.begin(file.size()));
        return new EntryChunks(in, file, read);
    }

    @Override
    public boolean isRepeatable() {
        return file.isRepeatable();
    }
}
