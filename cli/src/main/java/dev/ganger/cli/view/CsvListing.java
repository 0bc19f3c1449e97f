package dev.ganger.cli.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Rows as RFC 4180 has them, with a header; the columns are the fields of the JSON, those of an inner object behind its name and a dot. */
final class CsvListing<T> implements Listing<T> {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final TextStream out;
    private final List<String> fields;
    private final BiConsumer<Json, T> json;
    private boolean begun;

    CsvListing(TextStream out, List<String> fields, BiConsumer<Json, T> json) {
        this.out = out;
        this.fields = fields;
        this.json = json;
    }

    @Override
    public void add(T each) {
        begin();
        var values = flat(Json.line(object -> json.accept(object, each)));
        row(fields.stream().map(field -> values.getOrDefault(field, "")).toList());
    }

    private void begin() {
        if (!begun) {
            begun = true;
            row(fields);
        }
    }

    /** Null is the empty text. */
    static Map<String, String> flat(byte[] line) {
        var values = new LinkedHashMap<String, String>();
        var path = new ArrayDeque<String>();
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                take(token, parser, path, values);
            }
        }
        return values;
    }

    private static void take(JsonToken token, JsonParser parser, Deque<String> path, Map<String, String> values) {
        switch (token) {
            case PROPERTY_NAME -> path.addLast(parser.currentName());
            case START_OBJECT -> {
            }
            case END_OBJECT -> path.pollLast();
            case START_ARRAY -> {
                // a list has no place in a row
                parser.skipChildren();
                path.removeLast();
            }
            default -> {
                values.put(String.join(".", path), token == JsonToken.VALUE_NULL ? "" : parser.getString());
                path.removeLast();
            }
        }
    }

    private void row(List<String> values) {
        out.bytes((String.join(",", values.stream().map(CsvListing::quoted).toList()) + "\r\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String quoted(String value) {
        return value.chars().anyMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n')
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }

    @Override
    public void flush() {
        begin();
        out.flush();
    }

    @Override
    public void end() {
        begin();
    }
}
