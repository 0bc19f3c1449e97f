package dev.ganger.coordinator.output;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the real store, with segments of about a frame. */
final class SegmentStoreTest extends OutputStoreContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SegmentStore store;

    @Override
    OutputStore openStore() {
        store = new SegmentFolder(folder.resolve("output")).open(60);
        return store;
    }

    @Override
    void pass() {
        SegmentFolder.pass(store);
    }
}
