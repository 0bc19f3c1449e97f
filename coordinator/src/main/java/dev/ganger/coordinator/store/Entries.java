package dev.ganger.coordinator.store;

import dev.ganger.model.Bytes;
import java.util.List;
import java.util.UUID;

/** The entries of drafts and jobs; only what is durable is seen. Any thread may read. */
public interface Entries {

    /** The entries of tasks numbered first to last, both counted from 1; throws StoreException if one is missing. */
    List<Bytes> read(UUID draft, long first, long last);
}
