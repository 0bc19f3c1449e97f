package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One moment of what a coordinator keeps, for whoever checks it: reads and never writes, whether a coordinator runs on it or not. For one
 * thread. What cannot be read at all is a {@link StoreException}.
 */
public final class FrozenStore implements AutoCloseable {
    private static final int COMPLAINTS = 20;
    private static final String FINE = "ok";

    private final FrozenDatabase database;
    private final FrozenResults results;

    private FrozenStore(FrozenDatabase database) {
        this.database = database;
        this.results = new FrozenResults(database);
    }

    /** Whether a coordinator keeps, or kept, its data in a folder. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(SqliteStore.FILE));
    }

    /**
     * As it is now.
     *
     * @param scratch an empty folder for what has to be copied first
     */
    public static FrozenStore open(Path folder, Path scratch) {
        return new FrozenStore(FrozenDatabase.open(folder.resolve(SqliteStore.FILE), Schema.COORDINATOR, scratch));
    }

    /** What SQLite says against the database as such; empty if nothing. */
    public List<String> complaints() {
        return database.read("check the database", statements -> {
            var said = new ArrayList<String>();
            try (var rows = statements.with("PRAGMA integrity_check(" + COMPLAINTS + ")").executeQuery()) {
                while (rows.next()) {
                    if (!rows.getString(1).equals(FINE)) {
                        said.add("%s is damaged: %s".formatted(database.file(), rows.getString(1).replace('\n', ' ')));
                    }
                }
            }
            return said;
        });
    }

    /** Gives all events as a coordinator that starts does, each with where it stands; a StoreException says where this is not possible. */
    public void replay(BiConsumer<String, Event.Durable> each) {
        var snapshots = new SnapshotReader(database);
        var newest = snapshots.newest();
        if (newest.number() > 0) {
            snapshots.recover(newest.number(), event -> each.accept("snapshot " + newest.number(), event));
        }
        var journal = new JournalTable(database);
        journal.recover(newest.number(), newest.journalCrc(),
                event -> each.accept("row %d of the journal".formatted(journal.last()), event));
    }

    /** Gives the rows of the done queue from a position on, at most so many, and tells of damage. */
    public void results(long from, long most, Consumer<String> faults, Consumer<DoneRow> each) {
        results.each(from, most, faults, each);
    }

    /** Tells of rows of the done queue that something says are there. */
    public void missingResults(Consumer<String> faults) {
        results.eachSpanWithoutRow(faults);
    }

    /** A way through the done queue beside all others. */
    public ResultWalk walk() {
        return results.walk();
    }

    /** Gives what is kept of every draft, and tells of damage. */
    public void entries(Consumer<String> faults, Consumer<StoredDraft> each) {
        new FrozenEntries(database).each(faults, each);
    }

    /** Whether a coordinator began to write to what was read as if none did: then nothing that was seen is sure. */
    public boolean wasDisturbed() {
        return database.wasDisturbed();
    }

    @Override
    public void close() {
        database.close();
    }

    /** Finds results; positions only grow from call to call. */
    public interface ResultWalk extends AutoCloseable {
        /** Null if there is none at the position. */
        @Nullable
        Found at(long position);

        @Override
        void close();
    }

    /** A result, and whether it names the attempts that were given back. */
    public record Found(Payload.Recorded recorded, boolean namesReturned) {}

    /** The entries that are kept of a draft, and their bytes as they are stored; swept: they wait to be removed. */
    public record StoredDraft(UUID draft, long entries, long bytes, boolean swept) {}
}
