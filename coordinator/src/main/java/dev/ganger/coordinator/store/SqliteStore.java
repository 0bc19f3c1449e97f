package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that one coordinator keeps but output bytes, in one SQLite database in its data folder. */
public final class SqliteStore implements Journal, DoneQueue, Entries {
    static final String FILE = "coordinator.db";
    private static final String LIBRARY = "library";

    private final FolderLock lock;
    private final Database database;
    private final Checkpointer checkpointer;
    private final Sweeper sweeper;
    private final JournalTable journal;
    private final SnapshotTable snapshots;
    private final EntryTable entries;
    private final DoneTable done;
    private boolean recovered;
    private boolean closed;

    private SqliteStore(FolderLock lock, Database database, Checkpointer checkpointer) {
        this.lock = lock;
        this.database = database;
        this.checkpointer = checkpointer;
        this.journal = new JournalTable(database);
        this.snapshots = new SnapshotTable(database);
        this.entries = new EntryTable(database);
        this.done = new DoneTable(database);
        this.sweeper = new Sweeper(database);
    }

    /**
     * Makes the folder if it is not there, for the eyes of its owner only.
     *
     * @throws StoreException if another coordinator uses the folder, a newer version wrote it, or the disk fails
     */
    public static SqliteStore open(Path folder) {
        make(folder);
        var lock = FolderLock.take(folder);
        @Nullable
        Database database = null;
        try {
            unpackLibraryIn(folder.resolve(LIBRARY));
            var growth = new LogGrowth();
            database = Database.open(folder.resolve(FILE), growth);
            var store = new SqliteStore(lock, database, new Checkpointer(database, growth));
            store.snapshots.tidy();
            return store;
        } catch (RuntimeException cause) {
            if (database != null) {
                database.close();
            }
            lock.close();
            throw cause;
        }
    }

    /** SQLite unpacks its library at each start, and a kill leaves it there: in a folder of our own the next start removes it. */
    private static void unpackLibraryIn(Path folder) {
        try {
            Files.createDirectories(folder);
            try (var old = Files.newDirectoryStream(folder)) {
                for (var file : old) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException cause) {
            throw new StoreException(
                    "cannot prepare %s: %s; look at its rights and its disk".formatted(folder, cause.getMessage()),
                    cause);
        }
        System.setProperty("org.sqlite.tmpdir", folder.toString());
    }

    static void make(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                sync(folder.resolve(".."));
            }
        } catch (IOException cause) {
            throw new StoreException("cannot make the data folder %s: %s; make it by hand, or give another one"
                    .formatted(folder, cause.getMessage()), cause);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long recover(Consumer<Event.Durable> each) {
        var newest = snapshots.newest();
        if (newest.number() > 0) {
            snapshots.recover(newest.number(), each);
        }
        var last = journal.recover(newest.number(), newest.journalCrc(), each);
        recovered = true;
        return last;
    }

    @Override
    public long append(Batch batch) {
        if (!recovered) {
            throw new IllegalStateException("recover comes before the first append");
        }
        var body = EventCodec.encode(batch.events());
        var blocks = NewBlock.of(batch.payloads());
        var number = journal.next();
        var crc = database.write("append batch " + number, statements -> {
            entries.apply(statements, batch);
            for (var block : blocks) {
                done.add(statements, block);
            }
            Sweeper.note(statements, batch);
            return journal.append(statements, body);
        });
        journal.appended(crc);
        if (Sweeper.concerns(batch)) {
            sweeper.wake();
        }
        return number;
    }

    @Override
    public void snapshot(long batch, List<Event.Durable> events) {
        snapshots.write(batch, events);
    }

    @Override
    public List<Result> read(long from, int limit) {
        return done.read(from, limit);
    }

    @Override
    public Map<Long, Result> findAll(long job, long first, long last) {
        return done.findAll(job, first, last);
    }

    @Override
    public Map<Long, List<Result>> findEvery(long job, long first, long last) {
        return done.findEvery(job, first, last);
    }

    @Override
    public long first() {
        return done.first();
    }

    @Override
    public long firstOf(long job) {
        return done.firstOf(job);
    }

    @Override
    public List<Bytes> read(UUID draft, long first, long last) {
        return entries.read(draft, first, last);
    }

    /** Bytes in use on disk; less than the files have, as SQLite keeps the room of what was removed for what is to come. */
    public long bytes() {
        return database.read("measure", statements -> (statements.number("PRAGMA page_count", 0)
                - statements.number("PRAGMA freelist_count", 0)) * statements.number("PRAGMA page_size", 0));
    }

    /** Whether something that is no longer kept still has its room. */
    public boolean isSweeping() {
        return sweeper.hasWork();
    }

    /** For tests that look beneath. */
    Database database() {
        return database;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sweeper.close();
            checkpointer.close();
            database.close();
            lock.close();
        }
    }
}
