package dev.ganger.coordinator.store;

import java.nio.file.Path;

/** A database to read from: the one that is served, or one that is only looked at. */
interface RowSource {
    /** Sees what is durable, and no changes in the midst of one statement. */
    <T> T read(String what, Database.Work<T> work);

    Path file();
}
