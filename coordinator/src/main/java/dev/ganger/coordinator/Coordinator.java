package dev.ganger.coordinator;

import dev.ganger.coordinator.api.CoordinatorServer;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.output.SegmentStore;
import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The queues, put together: store, loop and server. */
final class Coordinator implements AutoCloseable {
    private static final String OUTPUT = "output";
    private final Path folder;
    private final SqliteStore store;
    private final OutputStore outputs;
    private final CoreLoop loop;
    private final CoordinatorServer server;
    private final long retainBytes;
    private @Nullable Housekeeping housekeeping;

    /** Recovers what is in the folder; a failure later goes to fatal, which must end the process. */
    Coordinator(CoordinatorSettings settings, Consumer<Throwable> fatal) {
        this.folder = settings.data();
        this.retainBytes = settings.retainBytes();
        this.store = SqliteStore.open(folder);
        this.loop = new CoreLoop(settings.bounds(), store, store, store, TimeSource.system(), fatal);
        this.outputs = SegmentStore.open(folder.resolve(OUTPUT), SqliteOutputIndex.open(folder.resolve(OUTPUT)), fatal);
        this.server = new CoordinatorServer(loop, outputs, new DiskRoom(folder), settings.bounds(), settings.listen());
    }

    /** Begins to serve, and writes down where in the file {@code address} of the folder. */
    Address start() throws IOException {
        loop.start();
        housekeeping = new Housekeeping(loop, store, outputs, retainBytes);
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
        if (housekeeping != null) {
            housekeeping.close();
        }
        loop.close();
        outputs.close();
        store.close();
    }
}
