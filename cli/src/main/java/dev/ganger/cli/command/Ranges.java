package dev.ganger.cli.command;

import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** Indices as users write them: 1-1000, 0-9:3, 1-100,200. */
final class Ranges {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18})(?::([0-9]{1,18}))?)?");

    private Ranges() {}

    static Indices parse(String text) {
        var ranges = new ArrayList<IndexRange>();
        for (var part : text.split(",", -1)) {
            var range = RANGE.matcher(part);
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "expected indices, for example 1-1000, 0-9:3 or 1-100,200, not '" + text + "'");
            }
            var first = Long.parseLong(range.group(1));
            var last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            ranges.add(new IndexRange(first, last, range.group(3) == null ? 1 : Long.parseLong(range.group(3))));
        }
        return new Indices(ranges);
    }
}
