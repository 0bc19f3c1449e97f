package dev.ganger.agent.task;

import dev.ganger.model.Bytes;
import dev.ganger.model.TaskValues;

/** What a task without a JSON object for its entry puts in the place of placeholders. */
record EntryValues(Bytes entry, long index) implements TaskValues {
    @Override
    public Bytes field(String name) {
        throw new IllegalArgumentException("the entry is no JSON object with a field '" + name + "'");
    }
}
