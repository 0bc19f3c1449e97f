package dev.ganger.reference;

import dev.ganger.reference.Usage.Example;
import dev.ganger.reference.Usage.Operand;
import dev.ganger.reference.Usage.Option;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Usages as one program tells them to another: JSON, one object a line. */
public final class UsageLines {
    private static final JsonFactory FACTORY = new JsonFactory();

    private UsageLines() {}

    public static byte[] write(List<Usage> usages) {
        var bytes = new ByteArrayOutputStream();
        for (var usage : usages) {
            try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
                write(json, usage);
            }
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Usage usage) {
        json.writeStartObject();
        json.writeStringProperty("command", usage.command());
        json.writeStringProperty("synopsis", usage.synopsis());
        json.writeStringProperty("description", usage.description());
        each(json, "examples", usage.examples(), example -> {
            json.writeStringProperty("title", example.title());
            texts(json, "lines", example.lines());
        });
        each(json, "options", usage.options(), option -> {
            texts(json, "names", option.names());
            json.writeStringProperty("label", option.label());
            json.writeStringProperty("description", option.description());
            json.writeBooleanProperty("everywhere", option.everywhere());
        });
        each(json, "operands", usage.operands(), operand -> {
            json.writeStringProperty("label", operand.label());
            json.writeStringProperty("description", operand.description());
            json.writeBooleanProperty("many", operand.many());
        });
        json.writeObjectPropertyStart("exitCodes");
        usage.exitCodes().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String key, List<String> texts) {
        json.writeArrayPropertyStart(key);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private static <T> void each(JsonGenerator json, String key, List<T> things, Consumer<T> write) {
        json.writeArrayPropertyStart(key);
        for (var thing : things) {
            json.writeStartObject();
            write.accept(thing);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static List<Usage> read(byte[] lines) {
        var usages = new ArrayList<Usage>();
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), lines)) {
            while (json.nextToken() != null) {
                usages.add(usage((Map<?, ?>) value(json)));
            }
        }
        return usages;
    }

    private static Usage usage(Map<?, ?> json) {
        return new Usage(text(json, "command"), text(json, "synopsis"), text(json, "description"),
                list(json, "examples", each -> new Example(text(each, "title"), texts(each, "lines"))),
                list(json, "options", each -> new Option(texts(each, "names"), text(each, "label"), text(each, "description"),
                        truth(each, "everywhere"))),
                list(json, "operands",
                        each -> new Operand(text(each, "label"), text(each, "description"), truth(each, "many"))),
                exitCodes((Map<?, ?>) known(json, "exitCodes")));
    }

    private static Map<String, String> exitCodes(Map<?, ?> json) {
        var codes = new LinkedHashMap<String, String>();
        json.forEach((code, means) -> codes.put(String.valueOf(code), String.valueOf(means)));
        return codes;
    }

    private static String text(Map<?, ?> json, String key) {
        return String.valueOf(known(json, key));
    }

    private static boolean truth(Map<?, ?> json, String key) {
        return Boolean.parseBoolean(text(json, key));
    }

    private static List<String> texts(Map<?, ?> json, String key) {
        return ((List<?>) known(json, key)).stream().map(String::valueOf).toList();
    }

    private static <T> List<T> list(Map<?, ?> json, String key, Function<Map<?, ?>, T> read) {
        return ((List<?>) known(json, key)).stream().map(each -> read.apply((Map<?, ?>) each)).toList();
    }

    private static Object known(Map<?, ?> json, String key) {
        var value = json.get(key);
        if (value == null) {
            throw new IllegalArgumentException("expected the key '" + key + "' in a usage, found " + json.keySet());
        }
        return value;
    }

    /** What begins at the current token: a map, a list, or a text. */
    private static Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                var object = new LinkedHashMap<String, Object>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    var key = json.currentName();
                    json.nextToken();
                    object.put(key, value(json));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = new ArrayList<Object>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(json));
                }
                yield array;
            }
            case null, default -> json.getString();
        };
    }
}
