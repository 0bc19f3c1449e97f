package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Bytes;
import dev.ganger.model.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.store.Samples.DRAFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A disk that does not hold what was written is found out, with the place. */
final class SqliteDamageTest {
    @TempDir
    Path folder;

    private static Batch batch(int number) {
        return new Batch(List.of(new Event.CursorMoved("needle-" + number, number)), List.of());
    }

    /** Ten batches, some entries, some results. */
    @BeforeEach
    void fill() {
        try (var store = SqliteStore.open(folder)) {
            store.recover(_ -> {});
            for (var number = 1; number <= 8; number++) {
                store.append(batch(number));
            }
            store.append(Samples.chunk(DRAFT, 1, List.of(Bytes.utf8("needle-entry"), Bytes.utf8("other"))));
            store.append(Samples.results(Samples.fullResult(1), Samples.result(2, 3, 4)));
        }
    }

    private Path file() {
        return folder.resolve(SqliteStore.FILE);
    }

    /** Changes a byte of the file where it holds this text. */
    private void flip(String text) throws IOException {
        var content = Files.readAllBytes(file());
        var at = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).isPositive();
        content[at] ^= 1;
        Files.write(file(), content);
    }

    private void change(String... statements) {
        try (var database = Database.open(file(), new LogGrowth())) {
            for (var sql : statements) {
                database.write("damage it", connection -> connection.run(sql));
            }
        }
    }

    private List<Event.Durable> recover() {
        try (var store = SqliteStore.open(folder)) {
            var events = new ArrayList<Event.Durable>();
            store.recover(events::add);
            return events;
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(this::recover).isInstanceOf(StoreException.class).hasMessageContaining(file().toString());
    }

    @Test
    void aFlippedByteInTheMiddleIsNamed() throws IOException {
        flip("needle-5");
        assertRefused().hasMessageContaining("row 5 of the journal").hasMessageContaining("was written with checksum");
    }

    @Test
    void aMissingRowIsNamed() {
        change("DELETE FROM journal WHERE number = 5");
        assertRefused().hasMessageContaining("row 5 of the journal").hasMessageContaining("row 6 comes next");
    }

    @Test
    void aMissingFirstRowIsNamed() {
        change("DELETE FROM journal WHERE number = 1");
        assertRefused().hasMessageContaining("row 1 of the journal").hasMessageContaining("row 2 comes next");
    }

    @Test
    void aCutAtTheEndIsNamed() {
        change("DELETE FROM journal WHERE number > 8");
        assertRefused().hasMessageContaining("row 9 of the journal").hasMessageContaining("row 10 was the last one");
    }

    @Test
    void aRowOfAnotherHistoryIsNamed() {
        var body = EventCodec.encode(List.of(new Event.Closed()));
        try (var database = Database.open(file(), new LogGrowth())) {
            database.write("put another row", statements -> {
                var previous = statements.number("SELECT crc FROM journal WHERE number = 4", -1);
                return statements.run("UPDATE journal SET body = ?, crc = ? WHERE number = 5", body,
                        Checksum.of(5, previous, body));
            });
        }
        assertRefused().hasMessageContaining("row 6 of the journal").hasMessageContaining("it continues a row with checksum");
    }

    @Test
    void aLastRowOfAnotherHistoryIsNamed() {
        change("DELETE FROM journal WHERE number > 8", "UPDATE journal_head SET number = 8");
        assertRefused().hasMessageContaining("row 8 of the journal").hasMessageContaining("the last row had");
    }

    @Test
    void twoRowsInTheWrongOrderAreNamed() {
        change("UPDATE journal SET number = 1000 WHERE number = 5", "UPDATE journal SET number = 5 WHERE number = 6",
                "UPDATE journal SET number = 6 WHERE number = 1000");
        assertRefused().hasMessageContaining("row 5 of the journal");
    }

    @Test
    void anEventThatNobodyKnowsIsNamed() {
        change("UPDATE journal SET body = x'0a00'");
        assertRefused().hasMessageContaining("row 1 of the journal");
    }

    private void snapshot() {
        try (var store = SqliteStore.open(folder)) {
            store.recover(_ -> {});
            var events = new ArrayList<Event.Durable>(Collections.nCopies(40_000, new Event.CursorMoved("in the snapshot", 1)));
            events.add(new Event.CursorMoved("at its end", 1));
            store.snapshot(6, events);
        }
    }

    @Test
    void aFlippedByteInASnapshotIsNamed() throws IOException {
        snapshot();
        flip("at its end");
        assertRefused().hasMessageContaining("snapshot 6").hasMessageContaining("part 3 was written with checksum");
    }

    @Test
    void aMissingPartOfASnapshotIsNamed() {
        snapshot();
        change("DELETE FROM snapshot_part WHERE part = 1");
        assertRefused().hasMessageContaining("snapshot 6").hasMessageContaining("part 1 is missing, and part 2 comes next");
    }

    @Test
    void aMissingLastPartOfASnapshotIsNamed() {
        snapshot();
        change("DELETE FROM snapshot_part WHERE part = 3");
        assertRefused().hasMessageContaining("snapshot 6").hasMessageContaining("it was written in 4 parts, and 3 are there");
    }

    @Test
    void aMissingRowAfterASnapshotIsNamed() {
        snapshot();
        change("DELETE FROM journal WHERE number = 7");
        assertRefused().hasMessageContaining("row 7 of the journal").hasMessageContaining("row 8 comes next");
    }

    @Test
    void aSnapshotThatWasNotCompletedIsForgotten() {
        var before = recover();
        change("INSERT INTO snapshot_part(number, part, crc, body) VALUES (9, 0, 1, x'00'), (9, 1, 1, x'00')");
        assertThat(recover()).isEqualTo(before);
        try (var store = SqliteStore.open(folder)) {
            store.recover(_ -> {});
            store.snapshot(9, List.of(new Event.Closed()));
        }
        assertThat(recover()).startsWith(new Event.Closed()).hasSize(3);
    }

    @Test
    void rowsThatASnapshotStandsForAreForgottenAlsoAfterACrash() {
        change("CREATE TABLE journal_before AS SELECT * FROM journal");
        snapshot();
        change("INSERT OR IGNORE INTO journal SELECT * FROM journal_before WHERE number > 2", "DROP TABLE journal_before");
        assertThat(recover()).hasSize(40_001 + 2 + 1 + 2);
        try (var store = SqliteStore.open(folder)) {
            assertThat(store.database().<Long>read("count", it -> it.number("SELECT count(*) FROM journal", 0))).isEqualTo(4);
        }
    }

    @Test
    void aFlippedByteInEntriesIsNamed() throws IOException {
        flip("needle-entry");
        try (var store = SqliteStore.open(folder)) {
            assertThatThrownBy(() -> store.read(DRAFT, 1, 2)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("the entries from 1 on of draft " + DRAFT).hasMessageContaining("checksum");
        }
    }

    @Test
    void aFlippedByteInResultsIsNamed() throws IOException {
        flip("vm-2");
        try (var store = SqliteStore.open(folder)) {
            assertThatThrownBy(() -> store.read(1, 2)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("the results from position 1 on").hasMessageContaining("checksum");
            assertThatThrownBy(() -> store.find(new TaskId(42, 7))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        change("UPDATE meta SET value = '2' WHERE key = 'format'");
        assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class)
                .hasMessageContaining("has format 2").hasMessageContaining("up to 1").hasMessageContaining(file().toString());
    }

    @Test
    void aDatabaseOfSomethingElseIsRefused() {
        change("DROP TABLE meta");
        assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class)
                .hasMessageContaining("something else");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(file(), "hello".repeat(1000));
        assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class)
                .hasMessageContaining(file().toString()).hasMessageContaining("backup");
    }
}
