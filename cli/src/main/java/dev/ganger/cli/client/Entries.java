package dev.ganger.cli.client;

import dev.ganger.model.Bytes;
import java.util.List;

/** The entries of a job as they are read, in chunks that fit a message. */
public interface Entries extends AutoCloseable {
    /** The next of them; empty at the end. Throws a Failure where one cannot be an entry. */
    List<Bytes> nextChunk();

    @Override
    void close();
}
