package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client printed of one stream of the tasks of a {@link TaskScript}, taken apart by attempts; each line is the one that must come next. */
final class Copies {
    private static final Pattern MARK = Pattern.compile("[0-9]+\\.([0-9]+): ");
    private static final Pattern ATTEMPT = Pattern.compile("t([0-9]+)\\.([0-9]+)");

    private final TaskScript script;
    private final boolean marked;
    private final Map<Attempt, Seen> seen = new LinkedHashMap<>();
    private long bytes;

    /** One start of a task. */
    record Attempt(int index, int number) {}

    /** How far an attempt is. */
    private static final class Seen {
        private final Content content = new Content();
        private int lines;
        private boolean cut;
    }

    private Copies(TaskScript script, boolean marked) {
        this.script = script;
        this.marked = marked;
    }

    /** Of a client that did not mark lines. */
    static Copies of(TaskScript script, Path file) {
        return new Copies(script, false).read(file);
    }

    /** Of a client that marked each line with its task, and may have seen attempts that were cut short. */
    static Copies marked(TaskScript script, Path file) {
        return new Copies(script, true).read(file);
    }

    private Copies read(Path file) {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            var at = 0L;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                at++;
                take(line, at);
                bytes += line.length() + 1;
            }
            assertThat(bytes).as("bytes in lines of %s", file).isEqualTo(Files.size(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String printed, long at) {
        var mark = MARK.matcher(printed);
        var line = marked && mark.lookingAt() ? printed.substring(mark.end()) : printed;
        var name = ATTEMPT.matcher(line);
        if (!name.lookingAt()) {
            assertThat(marked && ("t" + mark.group(1) + ".").startsWith(line)).as("line %d is of a task: '%s'", at, printed)
                    .isTrue();
            return;
        }
        var attempt = new Attempt(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
        var state = seen.computeIfAbsent(attempt, _ -> new Seen());
        state.lines++;
        var expected = script.line(attempt.index, attempt.number, state.lines);
        assertThat(state.cut).as("%s ended with a cut line before line %d", attempt, at).isFalse();
        state.cut = marked && !line.equals(expected) && expected.startsWith(line);
        if (!state.cut) {
            assertThat(line).as("line %d, which must be line %d of %s", at, state.lines, attempt).isEqualTo(expected);
        }
        state.content.add(line);
    }

    long bytes() {
        return bytes;
    }

    /** In the order in which they began. */
    List<Attempt> attempts() {
        return List.copyOf(seen.keySet());
    }

    /** To be asked once of an attempt. */
    Content.Told told(int index, int attempt) {
        return seen.computeIfAbsent(new Attempt(index, attempt), _ -> new Seen()).content.told();
    }
}
