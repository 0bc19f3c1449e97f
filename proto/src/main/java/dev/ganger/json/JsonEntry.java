package dev.ganger.json;

import dev.ganger.model.Bytes;
import dev.ganger.model.TaskValues;

/** What a task puts in the place of placeholders; its entry is read as JSON only when a field of it is asked for. */
public record JsonEntry(Bytes entry, long index) implements TaskValues {

    /** A string without its quotes; everything else as its JSON text without blanks. */
    @Override
    public Bytes field(String name) {
        try {
            return Field.of(entry, name);
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException("the entry " + problem.getMessage(), problem);
        }
    }
}
