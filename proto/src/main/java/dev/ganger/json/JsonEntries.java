package dev.ganger.json;

import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;

/** The entries in a stream of JSON, one after the other: the elements of its one array, or the values that follow each other in it. */
public final class JsonEntries {
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int SNIFFED = MARK.length + 2;

    private final String source;
    private final Retained retained;
    private final JsonParser parser;
    private Where begun;
    private boolean inArray;

    /**
     * An entry.
     *
     * @param text     a string without its quotes, everything else as its JSON text without blanks
     * @param isObject it has fields; a string that looks like an object has none
     * @param where    what and where it is, for messages
     */
    public record Entry(Bytes text, boolean isObject, Where where) {

        /** Throws MalformedJson if a task could not get one of these fields. */
        public void check(Iterable<String> fields) {
            try {
                fields.forEach(name -> Field.of(isObject ? text : Bytes.EMPTY, name));
            } catch (IllegalArgumentException problem) {
                throw new MalformedJson(where + " " + problem.getMessage(), problem);
            }
        }
    }

    /** The place of an entry: its number, from 1, and where it begins. */
    public record Where(long number, String source, int line, int column) {
        @Override
        public String toString() {
            return "entry " + number + " of " + source + " (line " + line + ", column " + column + ")";
        }
    }

    /** The source is what the stream is called in messages. */
    public JsonEntries(InputStream in, String source) {
        this.source = source;
        this.begun = new Where(0, source, 0, 0);
        try {
            this.retained = new Retained(withoutMark(in));
            this.parser = Json.FACTORY.createParser(ObjectReadContext.empty(), retained);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A byte order mark of UTF-8 is skipped. */
    private InputStream withoutMark(InputStream in) throws IOException {
        var head = in.readNBytes(SNIFFED);
        var rest = new PushbackInputStream(in, SNIFFED);
        var marked = head.length >= MARK.length && Arrays.equals(head, 0, MARK.length, MARK, 0, MARK.length);
        var skipped = marked ? MARK.length : 0;
        if (isOtherEncoding(Arrays.copyOfRange(head, skipped, head.length))) {
            throw new MalformedJson(source + " is not UTF-8 but UTF-16 or UTF-32; convert it first, for example with iconv");
        }
        rest.unread(head, skipped, head.length - skipped);
        return rest;
    }

    /** The parser would read it, and fail at characters that are none. */
    private static boolean isOtherEncoding(byte... begin) {
        return begin.length > 1
                && (begin[0] == 0 || begin[1] == 0 || (begin[0] & 0xfe) == 0xfe && (begin[1] & 0xfe) == 0xfe);
    }

    /** Null at the end. Throws MalformedJson, or UncheckedIOException if the stream fails. */
    public @Nullable Entry next() {
        try {
            var token = parser.nextToken();
            if (begun.number() == 0 && !inArray && token == JsonToken.START_ARRAY) {
                inArray = true;
                token = parser.nextToken();
            }
            if (inArray && token == JsonToken.END_ARRAY) {
                expectEnd();
                return null;
            }
            return token == null ? null : entry(token);
        } catch (JacksonException problem) {
            throw broken(problem);
        }
    }

    private void expectEnd() {
        if (parser.nextToken() != null) {
            var at = parser.currentTokenLocation();
            throw new MalformedJson(
                    "%s goes on after its array (line %d, column %d): entries are the elements of one array, or values one after the other"
                            .formatted(source, at.getLineNr(), at.getColumnNr()));
        }
    }

    private Entry entry(JsonToken token) {
        var begin = parser.currentTokenLocation();
        var where = new Where(begun.number() + 1, source, begin.getLineNr(), begin.getColumnNr());
        begun = where;
        var text = token.isStructStart() ? structure(begin.getByteOffset()) : scalar(token, where);
        if (text.size() >= Limits.STRING_BYTES) {
            throw tooLong(where, null);
        }
        if (!text.isUtf8()) {
            throw new MalformedJson(where + " is not UTF-8");
        }
        return new Entry(text, token == JsonToken.START_OBJECT, where);
    }

    private Bytes structure(long from) {
        retained.begin(from);
        parser.skipChildren();
        return retained.end(parser.currentLocation().getByteOffset());
    }

    private Bytes scalar(JsonToken token, Where where) {
        if (token != JsonToken.VALUE_STRING) {
            return Bytes.utf8(parser.getString());
        }
        var text = Json.utf8(parser.getString());
        if (text == null) {
            throw new MalformedJson(where + " holds half of a surrogate pair, which is no character");
        }
        if (text.contains(0)) {
            throw new MalformedJson(where + " contains a NUL character, which no argument can hold");
        }
        return text;
    }

    private RuntimeException broken(JacksonException problem) {
        if (problem instanceof JacksonIOException io && io.getCause() instanceof IOException cause) {
            return cause instanceof Retained.TooLong ? tooLong(begun, problem) : new UncheckedIOException(cause);
        }
        var known = problem.getLocation();
        var at = known == null || known.getLineNr() < 1 ? parser.currentLocation() : known;
        return new MalformedJson("%s is not JSON at line %d, column %d: %s"
                .formatted(source, at.getLineNr(), at.getColumnNr(), Json.complaint(problem)), problem);
    }

    private static MalformedJson tooLong(Where where, @Nullable Throwable cause) {
        var sentence = where + " is too long: an entry must be smaller than " + Limits.STRING_BYTES + " bytes";
        return cause == null ? new MalformedJson(sentence) : new MalformedJson(sentence, cause);
    }
}
