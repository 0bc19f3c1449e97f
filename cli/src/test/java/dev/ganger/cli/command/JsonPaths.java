package dev.ganger.cli.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The fields of JSON objects as paths, {@code attempts.number}: as they were printed, and as docs/cli.md writes them. */
final class JsonPaths {
    private static final Pattern WORD = Pattern.compile("\\w+|[{}\\[\\]*]");

    private JsonPaths() {}

    static Set<String> printed(String json) {
        var paths = new TreeSet<String>();
        var open = new ArrayDeque<String>();
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> paths.add(path(open, parser.currentName()));
                    case START_OBJECT, START_ARRAY -> open.addLast(inside(parser.currentName()));
                    case END_OBJECT, END_ARRAY -> open.removeLast();
                    default -> assertValue(token);
                }
            }
        }
        return paths;
    }

    /** The objects of an array and the whole have no name. */
    private static String inside(@Nullable String name) {
        return name == null ? "" : name;
    }

    private static void assertValue(JsonToken token) {
        if (!token.isScalarValue()) {
            throw new AssertionError("a value, not " + token);
        }
    }

    private static String path(Deque<String> open, String name) {
        var path = new StringBuilder();
        open.stream().filter(each -> !each.isEmpty()).forEach(each -> path.append(each).append('.'));
        return path.append(name).toString();
    }

    /** {@code id tasks{total} attempts[number] tags{*}}; a star is left out. */
    static Set<String> written(String notation) {
        var paths = new TreeSet<String>();
        var open = new ArrayDeque<String>();
        var last = "";
        for (var word : WORD.matcher(notation).results().map(found -> Objects.requireNonNull(found.group())).toList()) {
            switch (word) {
                case "{", "[" -> open.addLast(last);
                case "}", "]" -> open.removeLast();
                case "*" -> last = word;
                default -> {
                    last = word;
                    paths.add(path(open, word));
                }
            }
        }
        return paths;
    }

    /** Below what has a star, users choose the names. */
    static Set<String> withoutChosen(Set<String> paths, String notation) {
        var chosen = Pattern.compile("(\\w+)\\{\\*}").matcher(notation).results().map(found -> found.group(1) + ".").toList();
        var left = new TreeSet<>(paths);
        left.removeIf(path -> chosen.stream().anyMatch(each -> path.startsWith(each) || path.contains("." + each)));
        return left;
    }
}
