package dev.ganger.cli.command;

import dev.ganger.model.Indices;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A job or tasks of it as users write them: 42, last, all, 42.7, 42.1-50, last.3. */
record Target(Which which, long id, @Nullable Indices tasks) {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18}|last|all)(?:\\.(.+))?");

    /** Which job is meant. */
    enum Which {
        ONE, LAST, ALL
    }

    static Target parse(String text) {
        var syntax = SYNTAX.matcher(text);
        if (!syntax.matches() || (syntax.group(1).equals("all") && syntax.group(2) != null)) {
            throw new IllegalArgumentException("expected a job or tasks of it, for example 42, last, all, 42.7 or 42.1-50, not '"
                    + text + "'");
        }
        var tasks = syntax.group(2) == null ? null : Ranges.parse(syntax.group(2));
        return switch (syntax.group(1)) {
            case "last" -> new Target(Which.LAST, 0, tasks);
            case "all" -> new Target(Which.ALL, 0, null);
            default -> new Target(Which.ONE, Long.parseLong(syntax.group(1)), tasks);
        };
    }

    /** As users write it. */
    @Override
    public String toString() {
        var job = switch (which) {
            case ONE -> Long.toString(id);
            case LAST -> "last";
            case ALL -> "all";
        };
        return tasks == null ? job : job + "." + tasks;
    }
}
