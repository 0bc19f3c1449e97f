package dev.ganger.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a file of keys and values: of YAML what such a file needs, everything as it is written, with its line. */
final class ConfigFile {
    /** Larger than anybody's configuration. */
    static final int BYTES = 1 << 20;
    private static final List<String> NOTHING = List.of("", "~", "null", "Null", "NULL");

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * A key and what stands behind it.
     *
     * @param isMap whether it has lines of its own below it, given as KEY=VALUE
     */
    record Entry(String key, int line, boolean isMap, List<String> values) {
        Entry {
            values = List.copyOf(values);
        }
    }

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** Its entries in their order; throws WrongSetting, also if it cannot be read. */
    static List<Entry> read(Path file) {
        return new ConfigFile(file).read();
    }

    private List<Entry> read() {
        var text = text();
        try {
            document(new Parse(LoadSettings.builder().setLabel(file.toString()).build()).parseString(text).iterator());
            return entries;
        } catch (ReaderException strange) {
            var linesBefore = text.chars().limit(strange.getPosition()).filter(each -> each == '\n').count();
            throw malformed(":" + (linesBefore + 1), "the character U+%04X is in it".formatted(strange.getCodePoint()));
        } catch (MarkedYamlEngineException malformed) {
            var where = malformed.getProblemMark().map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1));
            throw malformed(where.orElse(""), malformed.getContext() == null
                    ? malformed.getProblem()
                    : malformed.getProblem() + " " + malformed.getContext());
        } catch (YamlEngineException malformed) {
            throw malformed("", String.valueOf(malformed.getMessage()));
        }
    }

    private WrongSetting malformed(String where, String problem) {
        return new WrongSetting(file + where + ": this is not YAML: " + problem.replace('\n', ' ')
                + " (a line is 'key: value')");
    }

    private String text() {
        try (var stream = Files.newInputStream(file)) {
            var bytes = stream.readNBytes(BYTES + 1);
            if (bytes.length > BYTES) {
                throw new WrongSetting(file + " has more than %d bytes, which is no configuration".formatted(BYTES));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            throw new WrongSetting(file + " is not UTF-8 text");
        } catch (NoSuchFileException missing) {
            throw new WrongSetting("there is no file " + file);
        } catch (AccessDeniedException denied) {
            throw new WrongSetting(file + " cannot be read: permission denied");
        } catch (IOException failure) {
            throw new WrongSetting(file + " cannot be read: " + failure.getMessage());
        }
    }

    private void document(Iterator<Event> events) {
        events.next(); // the stream begins
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return;
        }
        var root = events.next();
        if (root instanceof MappingStartEvent) {
            keys(events);
        } else if (!isNothing(root)) {
            throw wrong(root, "expected 'key: value', a line each");
        }
        events.next(); // the document ends
        var more = events.next();
        if (more.getEventId() != Event.ID.StreamEnd) {
            throw wrong(more, "a second document begins, and only one is read");
        }
    }

    private void keys(Iterator<Event> events) {
        for (var next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            var key = key(next, lines);
            var value = events.next();
            entries.add(value instanceof MappingStartEvent
                    ? new Entry(key, line(next), true, pairs(events))
                    : new Entry(key, line(next), false, List.of(scalar(key, value))));
        }
    }

    private List<String> pairs(Iterator<Event> events) {
        var pairs = new ArrayList<String>();
        var own = new HashMap<String, Integer>();
        for (var next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            var key = key(next, own);
            if (key.contains("=")) {
                throw wrong(next, "the key '" + key + "' may not have a '=' in it");
            }
            pairs.add(key + "=" + scalar(key, events.next()));
        }
        return pairs;
    }

    private String key(Event event, Map<String, Integer> seen) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw wrong(event, "expected 'key: value', and the key a word");
        }
        var before = seen.put(scalar.getValue(), line(event));
        if (before != null) {
            throw wrong(event, "the key '" + scalar.getValue() + "' is in line " + before + " too");
        }
        return scalar.getValue();
    }

    private String scalar(String key, Event event) {
        if (event instanceof AliasEvent) {
            throw wrong(event, "the value of '" + key + "' is an alias; write it out, or quote it if it begins with '*'");
        }
        if (!(event instanceof ScalarEvent scalar)) {
            throw wrong(event, "the value of '" + key + "' is a list or a map; expected one value");
        }
        if (isNothing(event)) {
            throw wrong(event, "'" + key + "' has no value; quote it if it is meant");
        }
        return scalar.getValue();
    }

    private static boolean isNothing(Event event) {
        return event instanceof ScalarEvent scalar && scalar.isPlain() && NOTHING.contains(scalar.getValue());
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private WrongSetting wrong(Event event, String what) {
        return new WrongSetting(file + ":" + line(event) + ": " + what);
    }
}
