package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Outside Ganger: what began, and what was killed, in the order in which it happened. */
final class Ledger {
    private static final String KILLED = "killed";

    private final Path file;

    /** A line of a task. */
    private record Start(int line, int attempt, String agent) {}

    Ledger(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** How many tasks began, and agents were killed. */
    long length() {
        return read().size();
    }

    void killed(String agent) {
        try {
            Files.writeString(file, KILLED + " 0 " + agent + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that a task began again only after a kill of the agent where it ran; gives how often that was. */
    long assertRepeatsOnlyAfterKills(Map<Integer, Integer> recorded) {
        var lines = read();
        var repeats = 0L;
        var starts = starts();
        assertThat(starts.keySet()).isEqualTo(recorded.keySet());
        for (var task : starts.entrySet()) {
            var index = task.getKey();
            var all = task.getValue();
            assertThat(all.getLast().attempt).as("attempt of task %d that is recorded, of %s", index, all)
                    .isEqualTo(recorded.get(index));
            for (var at = 1; at < all.size(); at++) {
                var before = all.get(at - 1);
                var after = all.get(at);
                assertThat(after.attempt).as("attempts of task %d grow", index).isGreaterThan(before.attempt);
                assertThat(lines.subList(before.line, after.line))
                        .as("what came between two starts of task %d: %s, %s", index, before, after)
                        .contains(KILLED + " 0 " + before.agent);
                repeats++;
            }
        }
        return repeats;
    }

    private Map<Integer, List<Start>> starts() {
        var lines = read();
        var starts = new HashMap<Integer, List<Start>>();
        for (var line = 0; line < lines.size(); line++) {
            var words = lines.get(line).split(" ", -1);
            if (!words[0].equals(KILLED)) {
                starts.computeIfAbsent(Integer.valueOf(words[0]), _ -> new ArrayList<>())
                        .add(new Start(line, Integer.parseInt(words[1]), words[2]));
            }
        }
        return starts;
    }

    private List<String> read() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
