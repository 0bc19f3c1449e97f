package dev.ganger.coordinator.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a snapshot, checking each part. */
final class PartInput extends InputStream {
    private final Path file;
    private final long number;
    private final long expectedParts;
    private final ResultSet rows;
    private byte[] part = {};
    private int position;
    private int parts;

    PartInput(Statements statements, Path file, long number) throws SQLException {
        this.file = file;
        this.number = number;
        this.expectedParts = statements.number("SELECT parts FROM snapshot WHERE number = ?", 0, number);
        this.rows = statements.with("SELECT part, crc, body FROM snapshot_part WHERE number = ? ORDER BY part", number)
                .executeQuery();
    }

    @Override
    public int read() {
        return hasMore() ? Byte.toUnsignedInt(part[position++]) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (!hasMore()) {
            return -1;
        }
        var now = Math.min(length, part.length - position);
        System.arraycopy(part, position, into, offset, now);
        position += now;
        return now;
    }

    private boolean hasMore() {
        try {
            while (position == part.length) {
                if (!rows.next()) {
                    checkEnd();
                    return false;
                }
                part = nextPart();
                position = 0;
            }
            return true;
        } catch (SQLException cause) {
            throw Failure.of(file, "read part %d of snapshot %d".formatted(parts, number), cause);
        }
    }

    private byte[] nextPart() throws SQLException {
        var found = rows.getLong("part");
        var crc = rows.getLong("crc");
        var body = rows.getBytes("body");
        if (found != parts) {
            throw damaged("part %d is missing, and part %d comes next".formatted(parts, found));
        }
        var foundCrc = Checksum.of(number, found, body);
        if (foundCrc != crc) {
            throw damaged("part %d was written with checksum %08x, and now has %08x".formatted(found, crc, foundCrc));
        }
        parts++;
        return body;
    }

    private void checkEnd() {
        if (parts != expectedParts) {
            throw damaged("it was written in %d parts, and %d are there".formatted(expectedParts, parts));
        }
    }

    private StoreException damaged(String how) {
        return new StoreException(
                "snapshot %d in %s is damaged: %s; restore the data folder from a backup".formatted(number, file, how));
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (SQLException cause) {
            throw Failure.of(file, "end reading snapshot " + number, cause);
        }
    }
}
