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

    /** Long columns give way, the widest first, until the line fits or none can. */
    int[] fit(List<Column.Kind> kinds, int[] widest) {
        var widths = widest.clone();
        var over = width == 0 ? 0 : -width - GAP;
        if (width > 0) {
            for (var each : widths) {
                over += each + GAP;
            }
        }
        while (over > 0) {
            var victim = widestLong(kinds, widths);
            if (victim < 0) {
                return widths;
            }
            widths[victim]--;
            over--;
        }
        return widths;
    }

    private static int widestLong(List<Column.Kind> kinds, int[] widths) {
        var victim = -1;
        for (var i = 0; i < widths.length; i++) {
            if (kinds.get(i) == Column.Kind.LONG && widths[i] > NARROWEST && (victim < 0 || widths[i] > widths[victim])) {
                victim = i;
            }
        }
        return victim;
    }

    String cell(String text, Column.Kind kind, int columnWidth, boolean coloured) {
        var shown = width > 0 && kind == Column.Kind.LONG ? Width.cut(text, columnWidth) : text;
        var padding = " ".repeat(Math.max(0, columnWidth - Width.of(shown)));
        if (kind == Column.Kind.NUMBER) {
            return padding + shown;
        }
        return (kind == Column.Kind.STATE && coloured && colours ? Colour.ofState(shown).paint(shown) : shown) + padding;
    }
}
