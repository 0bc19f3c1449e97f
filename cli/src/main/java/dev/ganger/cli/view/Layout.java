package dev.ganger.cli.view;

import java.util.List;

/**
 * Fits cells into the width there is.
 *
 * @param width of the terminal; 0: no terminal, nothing is ever cut
 */
record Layout(int width, boolean colours) {
    private static final int NARROWEST = 8;
    private static final int GAP = 2;

    /** How wide each column is shown; 0: not at all. */
    int[] fit(List<? extends Column<?>> columns, int[] widest) {
        var widths = widest.clone();
        if (width == 0) {
            return widths;
        }
        var least = widest.clone();
        for (var each = 0; each < least.length; each++) {
            if (columns.get(each).kind() == Column.Kind.LONG) {
                least[each] = Math.min(least[each], NARROWEST);
            }
        }
        for (var victim = leastImportant(columns, least); victim >= 0
                && sum(least) > width; victim = leastImportant(columns, least)) {
            least[victim] = 0;
            widths[victim] = 0;
        }
        narrow(columns, widths, least);
        return widths;
    }

    private static int leastImportant(List<? extends Column<?>> columns, int[] shown) {
        var victim = -1;
        for (var each = 0; each < shown.length; each++) {
            var sacrifice = columns.get(each).sacrifice();
            if (shown[each] > 0 && sacrifice > 0 && (victim < 0 || sacrifice > columns.get(victim).sacrifice())) {
                victim = each;
            }
        }
        return victim;
    }

    private static int sum(int[] widths) {
        var sum = -GAP;
        for (var each : widths) {
            sum += each == 0 ? 0 : each + GAP;
        }
        return sum;
    }

    /** Long columns give way, the widest first, until the line fits or none can. */
    private void narrow(List<? extends Column<?>> columns, int[] widths, int[] least) {
        for (var over = sum(widths) - width; over > 0; over--) {
            var victim = -1;
            for (var each = 0; each < widths.length; each++) {
                if (widths[each] > least[each] && (victim < 0 || widths[each] > widths[victim])) {
                    victim = each;
                }
            }
            if (victim < 0) {
                return;
            }
            widths[victim]--;
        }
    }

    /** One line of a table; it never is longer than the terminal is wide. */
    String line(List<? extends Column<?>> columns, List<String> row, int[] widths, boolean coloured) {
        var plain = join(columns, row, widths, false);
        if (width > 0 && Width.of(plain) > width) {
            return Width.cut(plain, width);
        }
        return coloured && colours ? join(columns, row, widths, true) : plain;
    }

    private String join(List<? extends Column<?>> columns, List<String> row, int[] widths, boolean coloured) {
        var line = new StringBuilder();
        for (var each = 0; each < widths.length; each++) {
            if (widths[each] > 0) {
                line.append(line.isEmpty() ? "" : " ".repeat(GAP))
                        .append(cell(row.get(each), columns.get(each).kind(), widths[each], coloured));
            }
        }
        return line.toString().stripTrailing();
    }

    private String cell(String text, Column.Kind kind, int columnWidth, boolean coloured) {
        var shown = width > 0 && kind == Column.Kind.LONG ? Width.cut(text, columnWidth) : text;
        var padding = " ".repeat(Math.max(0, columnWidth - Width.of(shown)));
        if (kind == Column.Kind.NUMBER) {
            return padding + shown;
        }
        return (kind == Column.Kind.STATE && coloured ? Colour.ofState(shown).paint(shown) : shown) + padding;
    }
}
