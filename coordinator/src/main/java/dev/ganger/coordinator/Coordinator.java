package dev.ganger.coordinator;

import dev.ganger.coordinator.api.CoordinatorServer;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** The queues, put together: store, loop and server. */
final class Coordinator implements AutoCloseable {
    private final Path folder;
    private final SqliteStore store;
    private final CoreLoop loop;
    private final CoordinatorServer server;

    /** Recovers what is in the folder; a failure later goes to fatal, which must end the process. */
    Coordinator(Path folder, Settings settings, Address address, Consumer<Throwable> fatal) {
        this.folder = folder;
        this.store = SqliteStore.open(folder);
        this.loop = new CoreLoop(settings, store, store, store, TimeSource.system(), fatal);
        this.server = new CoordinatorServer(loop, settings, address);
    }

    /** Begins to serve, and writes down where in the file {@code address} of the folder. */
    Address start() throws IOException {
        loop.start();
        var bound = server.start();
        var fresh = folder.resolve("address.new");
        Files.writeString(fresh, bound + "\n");
        Files.move(fresh, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
        return bound;
    }

    /** Ends what is under way; all that was promised is durable already. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("address"));
        server.close();
        loop.close();
        store.close();
    }
}
