package dev.ganger.cli.command;

import dev.ganger.json.JsonEntries;
import dev.ganger.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry for each JSON value, with the fields that tasks will ask for. */
record JsonReader(JsonEntries entries, List<String> fields) implements EntryReader {
    @Override
    public @Nullable Bytes next() {
        var entry = entries.next();
        if (entry == null) {
            return null;
        }
        entry.check(fields);
        return entry.text();
    }

    @Override
    public String none() {
        return "holds no JSON values, and each of them would be a task";
    }
}
