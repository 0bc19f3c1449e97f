package dev.ganger.coordinator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One moment of a database: a transaction that only reads, beside whoever writes, or of nobody's. Nothing is written into its folder, not
 * even what SQLite needs to read a log: while nobody runs, the file alone is read, or a log as it was left.
 */
final class FrozenDatabase implements RowSource, AutoCloseable {
    private final Path file;
    private final Path log;
    private final boolean hadLog;
    private final Statements statements;

    private FrozenDatabase(Path file, Path log, boolean hadLog, Statements statements) {
        this.file = file;
        this.log = log;
        this.hadLog = hadLog;
        this.statements = statements;
    }

    /** Copies the database to the scratch folder if it can only be read by writing beside it. */
    static FrozenDatabase open(Path file, Schema schema, Path scratch) {
        var log = Path.of(file + "-wal");
        var hadLog = Files.exists(log);
        try {
            var statements = connect(file, log, hadLog, scratch);
            try {
                statements.once("BEGIN");
                schema.check(statements, file);
                return new FrozenDatabase(file, log, hadLog, statements);
            } catch (SQLException | StoreException cause) {
                statements.close();
                throw cause;
            }
        } catch (SQLException cause) {
            throw Failure.of(file, "read the database", cause);
        } catch (IOException cause) {
            throw new StoreException("cannot copy %s to %s, which is needed to read it: %s; make room, or look at its rights"
                    .formatted(file, scratch, cause.getMessage()), cause);
        }
    }

    private static Statements connect(Path file, Path log, boolean hadLog, Path scratch) throws SQLException, IOException {
        if (!hadLog) {
            return connect(file, "immutable=1");
        }
        if (!Files.exists(Path.of(file + "-shm"))) {
            var copy = scratch.resolve(String.valueOf(file.getFileName()));
            Files.copy(file, copy);
            Files.copy(log, Path.of(copy + "-wal"));
            return connect(copy, "mode=ro");
        }
        try {
            return connect(file, "readonly_shm=1");
        } catch (SQLiteException cause) {
            if (cause.getResultCode() != SQLiteErrorCode.SQLITE_READONLY_CANTLOCK) {
                throw cause;
            }
            return connect(file, "mode=ro");
        }
    }

    private static Statements connect(Path file, String how) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var statements = new Statements(config.createConnection("jdbc:sqlite:" + file.toUri() + "?mode=ro&" + how));
        try {
            statements.number("SELECT count(*) FROM sqlite_schema", 0);
            return statements;
        } catch (SQLException cause) {
            statements.close();
            throw cause;
        }
    }

    @Override
    public <T> T read(String what, Database.Work<T> work) {
        try {
            return work.on(statements);
        } catch (SQLException cause) {
            throw Failure.of(file, what, cause);
        }
    }

    @Override
    public Path file() {
        return file;
    }

    /** Ends the moment: the database as it is now becomes a file of its own. */
    void copyTo(Path target) {
        read("copy the database to " + target, frozen -> {
            frozen.once("COMMIT");
            frozen.run("VACUUM INTO ?", target.toString());
            return target;
        });
    }

    boolean has(String table) {
        return read("look for a table",
                found -> found.number("SELECT count(*) FROM sqlite_schema WHERE name = ?", 0, table)) > 0;
    }

    /** Whether somebody began to write to what was read as if nobody did. */
    boolean wasDisturbed() {
        return !hadLog && Files.exists(log);
    }

    @Override
    public void close() {
        try {
            statements.close();
        } catch (SQLException cause) {
            throw Failure.of(file, "close the database", cause);
        }
    }
}
