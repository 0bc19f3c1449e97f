package dev.ganger.coordinator.store;

import dev.ganger.model.Bytes;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The entries of one moment, draft by draft. */
final class FrozenEntries {
    private static final String ROWS = "SELECT draft, first_entry, entries, crc, body FROM entry_chunk ORDER BY draft, first_entry";
    private static final String SWEPT = "SELECT count(*) FROM swept_draft WHERE draft = ?";

    private final FrozenDatabase database;

    FrozenEntries(FrozenDatabase database) {
        this.database = database;
    }

    /** Gives what is kept of every draft, and tells of rows that are damaged or missing; those that wait to be removed are passed over. */
    void each(Consumer<String> faults, Consumer<StoreMoment.StoredDraft> each) {
        var sweeps = database.has("swept_draft");
        database.read("read the entries", statements -> {
            @Nullable
            Sum sum = null;
            try (var rows = statements.with(ROWS).executeQuery()) {
                while (rows.next()) {
                    var draft = uuid(rows.getBytes("draft"));
                    if (sum == null || !sum.draft.equals(draft)) {
                        if (sum != null) {
                            each.accept(sum.all());
                        }
                        sum = new Sum(draft, sweeps && statements.number(SWEPT, 0, (Object) EntryTable.key(draft)) > 0);
                    }
                    sum.add(rows, faults);
                }
            }
            if (sum != null) {
                each.accept(sum.all());
            }
            return 0;
        });
    }

    private static UUID uuid(byte[] key) {
        var buffer = ByteBuffer.wrap(key);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** What is kept of one draft, as its rows come. */
    private static final class Sum {
        private final UUID draft;
        private final boolean isSwept;
        private long entries;
        private long bytes;

        Sum(UUID draft, boolean isSwept) {
            this.draft = draft;
            this.isSwept = isSwept;
        }

        void add(ResultSet row, Consumer<String> faults) throws SQLException {
            var first = row.getLong("first_entry");
            var count = row.getLong("entries");
            var body = row.getBytes("body");
            if (!isSwept) {
                check(first, count, body, row.getLong("crc"), faults);
            }
            entries = first - 1 + count;
            bytes += body.length;
        }

        private void check(long first, long count, byte[] body, long crc, Consumer<String> faults) {
            var found = Checksum.of(first, count, body);
            if (first != entries + 1) {
                faults.accept("of draft %s the entries %d to %d are missing".formatted(draft, entries + 1, first - 1));
            } else if (found != crc) {
                faults.accept(
                        "the entries from %d on of draft %s are damaged: they were written with checksum %08x, and now have %08x"
                                .formatted(first, draft, crc, found));
            } else if (count(body) != count) {
                faults.accept("the entries from %d on of draft %s are %d, and their row says %d".formatted(first, draft,
                        count(body), count));
            }
        }

        private static long count(byte[] body) {
            var found = new ArrayList<Bytes>();
            EntryChunks.addEntries(body, 1, 1, Long.MAX_VALUE, found);
            return found.size();
        }

        StoreMoment.StoredDraft all() {
            return new StoreMoment.StoredDraft(draft, entries, bytes, isSwept);
        }
    }
}
