package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Bytes;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Entries in rows small enough that to read one entry is cheap, found by the number of the first entry in each. */
final class EntryTable implements Entries {
    private static final String LAST = "SELECT max(first_entry + entries) - 1 FROM entry_chunk WHERE draft = ?";
    private static final String FROM_THE_CHUNK_OF = """
            SELECT first_entry, entries, crc, body FROM entry_chunk
            WHERE draft = ?1 AND first_entry >= (SELECT max(first_entry) FROM entry_chunk WHERE draft = ?1 AND first_entry <= ?2)
              AND first_entry <= ?3 AND ?1 NOT IN (SELECT draft FROM swept_draft)
            ORDER BY first_entry""";

    private final Database database;

    EntryTable(Database database) {
        this.database = database;
    }

    /** Keeps the chunks of a batch; those of drafts that its events drop are swept later. */
    void apply(Statements statements, Batch batch) throws SQLException {
        var chunks = new ArrayDeque<Payload.EntryChunk>();
        for (var payload : batch.payloads()) {
            if (payload instanceof Payload.EntryChunk chunk) {
                chunks.add(chunk);
            }
        }
        for (var event : batch.events()) {
            if (event instanceof Event.ChunkStored && !chunks.isEmpty()) {
                add(statements, chunks.remove());
            } else if (event instanceof Event.DraftDropped(var draft)) {
                drop(statements, draft);
            }
        }
        for (var chunk : chunks) {
            add(statements, chunk);
        }
    }

    /** The rows are swept later. */
    static void drop(Statements statements, UUID draft) throws SQLException {
        statements.run("INSERT OR IGNORE INTO swept_draft VALUES (?)", (Object) key(draft));
    }

    private static void add(Statements statements, Payload.EntryChunk chunk) throws SQLException {
        var draft = key(chunk.draft());
        if (chunk.number() == 1) {
            statements.run("DELETE FROM entry_chunk WHERE draft = ?", (Object) draft);
            statements.run("DELETE FROM swept_draft WHERE draft = ?", (Object) draft);
        }
        var first = statements.number(LAST, 0, draft) + 1;
        var end = first + chunk.entries();
        for (var piece : EntryChunks.split(chunk.body())) {
            var body = piece.body().toByteArray();
            var crc = Checksum.of(first, piece.entries(), body);
            statements.runAndForget("INSERT INTO entry_chunk(draft, first_entry, entries, crc, body) VALUES (?, ?, ?, ?, ?)",
                    draft, first, piece.entries(), crc, body);
            first += piece.entries();
        }
        if (first != end) {
            throw new AssertionError("chunk %d of draft %s has %d entries more than it says"
                    .formatted(chunk.number(), chunk.draft(), first - end));
        }
    }

    static byte[] key(UUID draft) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(draft.getMostSignificantBits())
                .putLong(draft.getLeastSignificantBits())
                .array();
    }

    @Override
    public List<Bytes> read(UUID draft, long first, long last) {
        var entries = new ArrayList<Bytes>();
        database.read("read entries %d to %d of draft %s".formatted(first, last, draft), statements -> {
            try (var rows = statements.with(FROM_THE_CHUNK_OF, key(draft), first, last).executeQuery()) {
                while (rows.next()) {
                    addEntries(rows, draft, first, last, entries);
                }
            }
            return entries;
        });
        if (entries.size() != last - first + 1) {
            throw new StoreException("draft %s in %s has %d of the entries %d to %d; restore the data folder from a backup"
                    .formatted(draft, database.file(), entries.size(), first, last));
        }
        return entries;
    }

    private void addEntries(ResultSet row, UUID draft, long first, long last, List<Bytes> entries) throws SQLException {
        var firstInRow = row.getLong("first_entry");
        var crc = row.getLong("crc");
        var body = row.getBytes("body");
        var found = Checksum.of(firstInRow, row.getLong("entries"), body);
        if (found != crc) {
            throw new StoreException(
                    "the entries from %d on of draft %s in %s are damaged: they were written with checksum %08x, and now have %08x; restore the data folder from a backup"
                            .formatted(firstInRow, draft, database.file(), crc, found));
        }
        EntryChunks.addEntries(body, firstInRow, first, last, entries);
    }
}
