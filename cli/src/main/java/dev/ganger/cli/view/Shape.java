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
 * @param fields  in CSV: the fields of the JSON; none where there is no CSV
 */
public record Shape<T>(List<Column<T>> columns, BiConsumer<Json, T> json, Function<T, String> id, List<String> fields) {
    public Shape {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    /** Of what is never shown as CSV. */
    Shape(List<Column<T>> columns, BiConsumer<Json, T> json, Function<T, String> id) {
        this(columns, json, id, List.of());
    }
}
