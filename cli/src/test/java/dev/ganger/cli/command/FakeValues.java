package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import dev.ganger.model.TaskValues;

/** What the fake coordinator's tasks put in the place of placeholders; fields are shown by their name. */
record FakeValues(Bytes entry, long index) implements TaskValues {
    @Override
    public Bytes field(String name) {
        return Bytes.utf8("." + name);
    }
}
