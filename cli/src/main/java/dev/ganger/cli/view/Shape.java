package dev.ganger.cli.view;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How one kind of thing is shown.
 *
 * @param columns in a table
 * @param json    in JSON
 * @param id      alone
 */
public record Shape<T>(List<Column<T>> columns, BiConsumer<Json, T> json, Function<T, String> id) {
    public Shape {
        columns = List.copyOf(columns);
    }
}
