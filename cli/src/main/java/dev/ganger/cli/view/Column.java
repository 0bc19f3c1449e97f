package dev.ganger.cli.view;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param sacrifice 0: always there; else on a terminal that is too narrow the column with the largest goes first
 * @param value     what stands in it; null is shown as -
 */
record Column<T>(String title, Kind kind, int sacrifice, Function<T, @Nullable Object> value) {
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
        return new Column<>(title, Kind.WORD, 0, value);
    }

    static <T> Column<T> number(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.NUMBER, 0, value);
    }

    static <T> Column<T> state(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.STATE, 0, value);
    }

    static <T> Column<T> wide(String title, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.LONG, 0, value);
    }

    static <T> Column<T> word(String title, int sacrifice, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.WORD, sacrifice, value);
    }

    static <T> Column<T> number(String title, int sacrifice, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.NUMBER, sacrifice, value);
    }

    static <T> Column<T> wide(String title, int sacrifice, Function<T, @Nullable Object> value) {
        return new Column<>(title, Kind.LONG, sacrifice, value);
    }

    /** One word that stands for something, so that programs find the columns behind it; only the last may hold spaces. */
    String cell(T row, boolean last) {
        var cell = value.apply(row);
        var text = cell == null || cell.toString().isEmpty() ? "-" : Harmless.text(cell.toString());
        return last && !text.isBlank() ? text : text.replace(" ", "\\x20");
    }
}
