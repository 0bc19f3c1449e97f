package dev.ganger.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table whose widths come from its first rows, so that any number of rows needs no memory. */
final class TableListing<T> implements Listing<T> {
    private static final int ROWS_MEASURED = 1000;

    private final TextStream out;
    private final List<Column<T>> columns;
    private final Layout layout;
    private final List<List<String>> held = new ArrayList<>();
    private int @Nullable [] widths;

    TableListing(TextStream out, List<Column<T>> columns, Layout layout) {
        this.out = out;
        this.columns = columns;
        this.layout = layout;
        held.add(columns.stream().map(Column::title).toList());
    }

    @Override
    public void add(T each) {
        held.add(columns.stream().map(column -> column.cell(each, column == columns.getLast())).toList());
        if (held.size() > ROWS_MEASURED) {
            print();
        }
    }

    @Override
    public void flush() {
        print();
        out.flush();
    }

    @Override
    public void end() {
        print();
    }

    private void print() {
        var known = widths;
        if (known == null) {
            known = layout.fit(columns, widest());
            widths = known;
            out.line(layout.line(columns, held.removeFirst(), known, false));
        }
        for (var row : held) {
            out.line(layout.line(columns, row, known, true));
        }
        held.clear();
    }

    private int[] widest() {
        var widest = new int[columns.size()];
        for (var row : held) {
            for (var i = 0; i < widest.length; i++) {
                widest[i] = Math.max(widest[i], Width.of(row.get(i)));
            }
        }
        return widest;
    }
}
