package dev.ganger.cli.command;

import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.Limits;
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
            var step = range.group(3) == null ? 1 : Long.parseLong(range.group(3));
            if (last < first || last > Limits.INDEX || step < 1) {
                throw new IllegalArgumentException(
                        "a range of indices goes from 0 or more up to at most %d by steps of 1 or more, not '%s'"
                                .formatted(Limits.INDEX, part));
            }
            ranges.add(new IndexRange(first, last, step));
        }
        return new Indices(ranges);
    }
}
