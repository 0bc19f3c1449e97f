package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One moment of what a coordinator keeps, for whoever checks it: reads and never writes, whether a coordinator runs on it or not. For one
 * thread. What cannot be read at all is a {@link StoreException}.
 */
public final class FrozenStore implements StoreMoment, AutoCloseable {
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

    @Override
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

    @Override
    public void results(long from, long most, Consumer<String> faults, Consumer<DoneRow> each) {
        results.each(from, most, faults, each);
    }

    @Override
    public void missingResults(Consumer<String> faults) {
        results.eachSpanWithoutRow(faults);
    }

    @Override
    public ResultWalk walk() {
        return results.walk();
    }

    @Override
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
}
