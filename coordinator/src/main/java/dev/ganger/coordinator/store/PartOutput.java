package dev.ganger.coordinator.store;

import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Arrays;

/** Writes a snapshot: each part is a small transaction of its own. */
final class PartOutput extends OutputStream {
    private static final int PART_BYTES = 256 * 1024;

    private final Database database;
    private final long number;
    private final byte[] buffer = new byte[PART_BYTES];
    private int filled;
    private int parts;

    PartOutput(Database database, long number) {
        this.database = database;
        this.number = number;
    }

    @Override
    public void write(int octet) {
        write(new byte[]{(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        var written = 0;
        while (written < length) {
            var now = Math.min(length - written, PART_BYTES - filled);
            System.arraycopy(bytes, offset + written, buffer, filled, now);
            filled += now;
            written += now;
            if (filled == PART_BYTES) {
                writePart(_ -> {});
            }
        }
    }

    /** What is done in the transaction of a part. */
    private interface Also {
        void on(Statements statements) throws SQLException;
    }

    private void writePart(Also also) {
        var part = parts++;
        var body = Arrays.copyOf(buffer, filled);
        filled = 0;
        database.write("write part %d of snapshot %d".formatted(part, number), statements -> {
            statements.runAndForget("INSERT INTO snapshot_part(number, part, crc, body) VALUES (?, ?, ?, ?)", number, part,
                    Checksum.of(number, part, body), body);
            also.on(statements);
            return part;
        });
    }

    /** Writes what is left; from now on this snapshot is the newest. */
    void complete() {
        writePart(statements -> {
            var crc = statements.number("SELECT crc FROM journal WHERE number = ?", -1, number);
            if (crc < 0) {
                throw new AssertionError("a snapshot is of a batch that was appended, not of " + number);
            }
            statements.run("DELETE FROM snapshot");
            statements.run("INSERT INTO snapshot(number, journal_crc, parts) VALUES (?, ?, ?)", number, crc, parts);
        });
    }
}
