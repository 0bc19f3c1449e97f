package dev.ganger.coordinator.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The tables of a database, and which version of them this is.
 *
 * @param format    grows when an older coordinator could not read, or would misread, what this one writes
 * @param additions what came later, and what older versions of the format do without
 */
record Schema(long format, List<String> tables, List<String> additions) {
    private static final String META = """
            CREATE TABLE meta(key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID""";

    /** What a coordinator keeps. */
    static final Schema COORDINATOR = new Schema(1, List.of(META,
            """
                    CREATE TABLE journal(
                      number INTEGER PRIMARY KEY, previous_crc INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL) STRICT""",
            """
                    CREATE TABLE journal_head(
                      only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, crc INTEGER NOT NULL) STRICT""",
            """
                    INSERT INTO journal_head VALUES (1, 0, 0)""",
            """
                    CREATE TABLE snapshot(
                      number INTEGER PRIMARY KEY, journal_crc INTEGER NOT NULL, parts INTEGER NOT NULL) STRICT""",
            """
                    CREATE TABLE snapshot_part(
                      number INTEGER NOT NULL, part INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL,
                      PRIMARY KEY (number, part)) STRICT""",
            """
                    CREATE TABLE entry_chunk(
                      draft BLOB NOT NULL, first_entry INTEGER NOT NULL, entries INTEGER NOT NULL, crc INTEGER NOT NULL,
                      body BLOB NOT NULL, PRIMARY KEY (draft, first_entry)) STRICT""",
            """
                    CREATE TABLE done_block(
                      position INTEGER PRIMARY KEY, count INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL) STRICT""",
            """
                    CREATE TABLE done_span(
                      job INTEGER NOT NULL, position INTEGER NOT NULL, smallest INTEGER NOT NULL, largest INTEGER NOT NULL,
                      PRIMARY KEY (job, position)) STRICT, WITHOUT ROWID"""),
            List.of(
                    "CREATE INDEX IF NOT EXISTS done_span_of_block ON done_span(position)",
                    "CREATE TABLE IF NOT EXISTS swept_block(position INTEGER PRIMARY KEY) STRICT",
                    "CREATE TABLE IF NOT EXISTS swept_draft(draft BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID"));

    /** Where output is; the triggers keep the sum of what is alive in a segment. */
    static final Schema OUTPUT_INDEX = new Schema(1, List.of(META,
            """
                    CREATE TABLE segment(
                      number INTEGER PRIMARY KEY, generation INTEGER NOT NULL, indexed INTEGER NOT NULL, alive INTEGER NOT NULL) STRICT""",
            """
                    CREATE TABLE chain(
                      job INTEGER NOT NULL, task INTEGER NOT NULL, attempt INTEGER NOT NULL, name INTEGER NOT NULL,
                      first INTEGER NOT NULL, end INTEGER NOT NULL, segment INTEGER NOT NULL, last INTEGER NOT NULL,
                      bytes INTEGER NOT NULL, PRIMARY KEY (job, task, attempt, name, first)) STRICT, WITHOUT ROWID""",
            """
                    CREATE INDEX chain_of_segment ON chain(segment)""",
            """
                    CREATE TRIGGER born AFTER INSERT ON chain BEGIN
                      UPDATE segment SET alive = alive + new.bytes WHERE number = new.segment; END""",
            """
                    CREATE TRIGGER died AFTER DELETE ON chain BEGIN
                      UPDATE segment SET alive = alive - old.bytes WHERE number = old.segment; END""",
            """
                    CREATE TRIGGER grew AFTER UPDATE ON chain BEGIN
                      UPDATE segment SET alive = alive - old.bytes WHERE number = old.segment;
                      UPDATE segment SET alive = alive + new.bytes WHERE number = new.segment; END"""), List.of());

    /** Makes the tables in an empty database; refuses one of a newer version, or of something else. */
    void prepare(Statements statements, Path file) throws SQLException {
        if (statements.number("SELECT count(*) FROM sqlite_schema", 0) == 0) {
            create(statements);
        }
        check(statements, file);
        for (var addition : additions) {
            statements.once(addition);
        }
    }

    /** Refuses a database of a newer version, or of something else. */
    void check(Statements statements, Path file) throws SQLException {
        if (statements.number("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'", 0) == 0) {
            throw new StoreException(
                    "%s is a database of something else: give the coordinator another data folder".formatted(file));
        }
        var found = statements.number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'format'", -1);
        if (found < 1 || found > format) {
            throw new StoreException(
                    "%s has format %d, and this version of Ganger knows formats up to %d: start the version that wrote it, or a newer one"
                            .formatted(file, found, format));
        }
    }

    private void create(Statements statements) throws SQLException {
        statements.once("BEGIN IMMEDIATE");
        for (var table : tables) {
            statements.once(table);
        }
        statements.run("INSERT INTO meta VALUES ('format', ?)", Long.toString(format));
        statements.run("INSERT INTO meta VALUES ('id', ?)", UUID.randomUUID().toString());
        statements.once("COMMIT");
    }
}
