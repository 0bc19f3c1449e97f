package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads entries one by one. */
interface EntryReader {
    /** Null at the end. Throws a Failure where one cannot be an entry. */
    @Nullable
    Bytes next();

    /** Why there are none, if there are none, as the end of a sentence. */
    String none();
}
