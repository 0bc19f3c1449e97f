package dev.ganger.cli.command;

import dev.ganger.model.CodeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Exit codes as users write them: 75,100-110. */
record RetryCodes(List<CodeRange> ranges) {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,3})(?:-([0-9]{1,3}))?");

    RetryCodes {
        ranges = List.copyOf(ranges);
    }

    static RetryCodes parse(String text) {
        var ranges = new ArrayList<CodeRange>();
        for (var part : text.split(",", -1)) {
            var range = RANGE.matcher(part);
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "expected exit codes from 1 to 255, for example 75,100-110, not '" + text + "'");
            }
            var first = Integer.parseInt(range.group(1));
            ranges.add(new CodeRange(first, range.group(2) == null ? first : Integer.parseInt(range.group(2))));
        }
        return new RetryCodes(ranges);
    }
}
