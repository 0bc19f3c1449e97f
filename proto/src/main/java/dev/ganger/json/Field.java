package dev.ganger.json;

import dev.ganger.model.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** A field of an entry; what the entry lacks is said as the end of a sentence about it. */
final class Field {
    private Field() {}

    /** A string without its quotes; everything else as its JSON text. */
    static Bytes of(Bytes entry, String name) {
        try (var parser = Json.FACTORY.createParser(ObjectReadContext.empty(), entry.toByteArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is no JSON object, so it has no field '" + name + "'");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var found = parser.currentName().equals(name);
                var token = parser.nextToken();
                if (found) {
                    return value(entry, name, parser, token);
                }
                parser.skipChildren();
            }
            throw new IllegalArgumentException("has no field '" + name + "'");
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("is not JSON: " + Json.complaint(broken), broken);
        }
    }

    private static Bytes value(Bytes entry, String name, JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return string(name, parser.getString());
        }
        if (!token.isStructStart()) {
            return Bytes.utf8(parser.getString());
        }
        var from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Json.compact(entry.toByteArray(), from, (int) parser.currentLocation().getByteOffset());
    }

    private static Bytes string(String name, String text) {
        var bytes = Json.utf8(text);
        if (bytes == null) {
            throw new IllegalArgumentException("has a field '" + name + "' with half of a surrogate pair, which is no character");
        }
        if (bytes.contains(0)) {
            throw new IllegalArgumentException("has a field '" + name + "' with a NUL character, which no argument can hold");
        }
        return bytes;
    }
}
