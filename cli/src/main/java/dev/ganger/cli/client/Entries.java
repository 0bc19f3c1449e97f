package dev.ganger.cli.client;

import dev.ganger.model.Bytes;
import java.util.List;

/** Where the entries of a job come from, in chunks that fit a message. */
public interface Entries {
    /** The next of them; empty at the end. Throws a Failure where one cannot be an entry. */
    List<Bytes> nextChunk();
}
