package dev.ganger.coordinator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what failed, where, and what to do next. */
final class Failure {
    private static final int PRIMARY_CODE = 0xff;

    private Failure() {}

    static StoreException of(Path file, String what, SQLException cause) {
        return new StoreException("cannot %s in %s: %s".formatted(what, file, reason(file, cause)), cause);
    }

    private static String reason(Path file, SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return cause.toString();
        }
        return switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)) {
            case SQLITE_FULL -> "the disk is full (%s); make room, then start the coordinator again: what it acknowledged is kept"
                    .formatted(free(file));
            case SQLITE_IOERR -> "the disk failed (%s, %s); look into the log of the kernel, then start the coordinator again"
                    .formatted(sqlite.getResultCode(), free(file));
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "the file is damaged (%s); restore the data folder from a backup".formatted(sqlite.getResultCode());
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                "it cannot be opened for writing (%s); look at the rights of the data folder and its files"
                        .formatted(sqlite.getResultCode());
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another process uses it (%s); end that one, then start the coordinator again".formatted(sqlite.getResultCode());
            default -> cause.toString();
        };
    }

    private static String free(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace() / (1024 * 1024) + " MiB are free";
        } catch (IOException _) {
            return "free space is not known";
        }
    }
}
