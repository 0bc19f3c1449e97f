package dev.ganger.coordinator.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the real store. */
final class SqliteStoreTest extends StoreContract<SqliteStore> {
    @TempDir
    Path folder;

    @Override
    SqliteStore openStore() {
        return SqliteStore.open(folder.resolve("data"));
    }
}
