package dev.ganger.coordinator;

import dev.ganger.coordinator.api.CoordinatorServer;
import dev.ganger.coordinator.loop.AwakeTime;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.TimeSource;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.output.SegmentStore;
import dev.ganger.coordinator.security.Authority;
import dev.ganger.coordinator.security.AuthorityFolder;
import dev.ganger.coordinator.security.Directory;
import dev.ganger.coordinator.security.LocalAccess;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.coordinator.security.WrongTokens;
import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.trust.Contexts;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues, put together: store, loop and server. */
final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final String OUTPUT = "output";
    private static final String SECURITY = "security";

    private final CoordinatorSettings settings;
    private final Path folder;
    private final @Nullable Authority authority;
    private final SqliteStore store;
    private final OutputStore outputs;
    private final CoreLoop loop;
    private @Nullable Housekeeping housekeeping;
    private @Nullable Logbook logbook;
    private @Nullable CoordinatorServer server;
    private volatile @Nullable Whereabouts whereabouts;

    /** Recovers what is in the folder; a failure later goes to fatal, which must end the process. */
    Coordinator(CoordinatorSettings settings, Consumer<Throwable> fatal) throws IOException {
        this.settings = settings;
        this.folder = settings.data();
        this.store = SqliteStore.open(folder);
        this.authority = settings.access().insecure() ? null : authority(settings);
        this.loop = new CoreLoop(settings.bounds(), store, store, store,
                new AwakeTime(TimeSource.system(), settings.bounds().beat()), fatal);
        this.outputs = SegmentStore.open(folder.resolve(OUTPUT), SqliteOutputIndex.open(folder.resolve(OUTPUT)), fatal);
    }

    /** Behind the store's lock: only one coordinator makes it. */
    private static Authority authority(CoordinatorSettings settings) throws IOException {
        var files = new AuthorityFolder(settings.data().resolve(SECURITY));
        var first = !files.exists();
        var authority = files.open(settings.access().certificateLife(), InstantSource.system());
        if (first) {
            LOG.info(
                    "made an authority of its own: other machines join with what 'ganger token create agent' prints, and people with "
                            + "'ganger token create user NAME'");
        }
        return authority;
    }

    /** Begins to serve, and writes down where in the file {@code address} of the folder. */
    Address start() throws IOException {
        loop.start();
        logbook = new Logbook(loop);
        housekeeping = new Housekeeping(loop, store, outputs, settings.retainBytes());
        var protection = protection();
        var serving = new CoordinatorServer(loop, outputs, new DiskRoom(folder, folder.resolve(OUTPUT)), settings.bounds(),
                settings.listen(),
                protection);
        server = serving;
        var bound = serving.start();
        if (protection instanceof Protection.Tls tls) {
            letIn(tls, bound, new Whereabouts(bound, settings.access().advertise(), Whereabouts::nameOfThisMachine));
        }
        var fresh = folder.resolve("address.new");
        Files.writeString(fresh, bound + "\n");
        Files.move(fresh, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
        return bound;
    }

    private Protection protection() {
        return authority == null
                ? new Protection.None()
                : new Protection.Tls(authority, Directory.of(loop), this::advertised,
                        new WrongTokens(WrongTokens.DELAY), InstantSource.system());
    }

    private Address advertised() {
        var known = whereabouts;
        return known == null ? settings.listen() : known.advertised();
    }

    /** Who starts a coordinator is its admin, before anybody reads that it serves. */
    private void letIn(Protection.Tls tls, Address bound, Whereabouts present) {
        whereabouts = present;
        if (present.misleads()) {
            LOG.warn(
                    "tokens will tell other machines to come to {}, which is themselves; say --advertise with a name or address that they "
                            + "reach",
                    present.advertised());
        }
        new LocalAccess(loop, tls, Contexts.of(settings.access().configuration()), System.getProperty("user.name"))
                .provide(present.ofThisMachine());
    }

    /** Ends what is under way; all that was promised is durable already. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("address"));
        if (server != null) {
            server.close();
        }
        if (housekeeping != null) {
            housekeeping.close();
        }
        loop.close();
        if (logbook != null) {
            logbook.close();
        }
        outputs.close();
        store.close();
    }
}
