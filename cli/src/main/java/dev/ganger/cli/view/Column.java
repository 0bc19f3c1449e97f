package dev.ganger.cli.view;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param value what stands in it; null is shown as -
 */
record Column<T>(String title, Kind kind, Function<T, @Nullable Object> value) {

    /** How a column is laid out. */
    enum Kind {
        /** As wide as it must be. */
        WORD,
        /** To the right. */
        NUMBER,
        /** A state, coloured on a terminal. */
        STATE,
        /** May be cut on a terminal that is too narrow. */
        LONG
    }

    static <T> Column<T> word(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.WORD, value);
    }

    static <T> Column<T> number(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.NUMBER, value);
    }

    static <T> Column<T> state(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.STATE, value);
    }

    static <T> Column<T> wide(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.LONG, value);
    }

    String cell(T row) {
        var cell = value.apply(row);
        return cell == null || cell.toString().isEmpty() ? "-" : Harmless.text(cell.toString());
    }
}
