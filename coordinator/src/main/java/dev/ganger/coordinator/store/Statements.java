package dev.ganger.coordinator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection with what was prepared on it; for one thread at a time. Closing the connection closes the statements. */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private long bytes;

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** The statement with these parameters: whole numbers, text or arrays of bytes. Belongs to this object, is never closed. */
    PreparedStatement with(String sql, Object... parameters) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (var number = 1; number <= parameters.length; number++) {
            switch (parameters[number - 1]) {
                case Long value -> statement.setLong(number, value);
                case Integer value -> statement.setInt(number, value);
                case byte[] value -> {
                    statement.setBytes(number, value);
                    bytes += value.length;
                }
                case String value -> statement.setString(number, value);
                case Object other -> throw new AssertionError("no parameter of a statement: " + other.getClass());
            }
        }
        return statement;
    }

    /** Runs a statement that gives no rows; gives the number of rows it changed. */
    int run(String sql, Object... parameters) throws SQLException {
        return with(sql, parameters).executeUpdate();
    }

    /** Like {@link #run}, for the large bodies of rare statements: does not hold on to the parameters. */
    void runAndForget(String sql, Object... parameters) throws SQLException {
        var statement = with(sql, parameters);
        statement.executeUpdate();
        statement.clearParameters();
    }

    /** The number in the only row and column; the other one if there is no row, or null in it. */
    long number(String sql, long otherwise, Object... parameters) throws SQLException {
        try (var rows = with(sql, parameters).executeQuery()) {
            if (!rows.next()) {
                return otherwise;
            }
            var value = rows.getLong(1);
            return rows.wasNull() ? otherwise : value;
        }
    }

    /** How many bytes of arrays were parameters since this was asked last. */
    long takeBytes() {
        var taken = bytes;
        bytes = 0;
        return taken;
    }

    /** Runs what is not worth preparing. */
    void once(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
