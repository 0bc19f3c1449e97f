package dev.ganger.cli.view;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON objects, one a line; a value that is not known is null, and its key is there. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /** One object and the end of its line. */
    static byte[] line(Consumer<Json> content) {
        var bytes = new ByteArrayOutputStream(512);
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            generator.writeStartObject();
            content.accept(new Json(generator));
            generator.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    Json text(String key, @Nullable String value) {
        generator.writeName(key);
        if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value);
        }
        return this;
    }

    Json number(String key, long value) {
        generator.writeNumberProperty(key, value);
        return this;
    }

    Json number(String key, @Nullable Number value) {
        generator.writeName(key);
        switch (value) {
            case null -> generator.writeNull();
            case Double fraction -> generator.writeNumber(fraction.doubleValue());
            case Number whole -> generator.writeNumber(whole.longValue());
        }
        return this;
    }

    Json truth(String key, boolean value) {
        generator.writeBooleanProperty(key, value);
        return this;
    }

    Json object(String key, Consumer<Json> content) {
        generator.writeObjectPropertyStart(key);
        content.accept(this);
        generator.writeEndObject();
        return this;
    }

    Json texts(String key, Iterable<String> values) {
        generator.writeArrayPropertyStart(key);
        values.forEach(generator::writeString);
        generator.writeEndArray();
        return this;
    }

    <T> Json objects(String key, Iterable<T> values, java.util.function.BiConsumer<Json, T> content) {
        generator.writeArrayPropertyStart(key);
        for (var value : values) {
            generator.writeStartObject();
            content.accept(this, value);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }
}
