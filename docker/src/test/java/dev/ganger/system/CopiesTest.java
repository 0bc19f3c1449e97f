package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What reads the clients' copies for {@link KillsIT} sees each kind of mistake. */
final class CopiesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aWholeCopyHasTheLengthAndChecksumOfWhatTheScriptWrites() throws IOException {
        var script = script();
        var index = slow(script);
        var copies = Copies.of(script, file(lines(script, index)));
        assertThat(copies.told(index, 1)).isEqualTo(script.content(index, 1, false).told());
    }

    @Test
    void aLineThatIsDoubledMissingMixedOrCutIsSeen() throws IOException {
        var script = script();
        var index = slow(script);
        var whole = lines(script, index);
        for (var mistake : List.of(with(whole, 7, whole.get(6)), with(whole, 7, whole.get(8)), with(whole, 7, whole.get(7) + "x"),
                with(whole, 7, whole.get(7).substring(1)), with(whole, 7, whole.get(7).substring(0, 20)))) {
            var copy = file(mistake);
            assertThatThrownBy(() -> Copies.of(script, copy)).isInstanceOf(AssertionError.class);
        }
        var shorter = file(whole.subList(0, whole.size() - 1));
        assertThat(Copies.of(script, shorter).told(index, 1)).isNotEqualTo(script.content(index, 1, false).told());
    }

    @Test
    void onlyTheLastLineOfAnAttemptMayBeCutAndOnlyWhereLinesAreMarked() throws IOException {
        var script = script();
        var index = slow(script);
        var marked = lines(script, index).stream().map(line -> "1." + index + ": " + line).toList();
        var cut = new ArrayList<>(marked.subList(0, 9));
        cut.add(marked.get(9).substring(0, 15));
        assertThat(Copies.marked(script, file(cut)).attempts()).containsExactly(new Copies.Attempt(index, 1));
        cut.add(marked.get(10));
        var further = file(cut);
        assertThatThrownBy(() -> Copies.marked(script, further)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aStartWithoutAKillBetweenIsSeen() throws IOException {
        var ledger = new Ledger(folder.resolve("ledger"));
        Files.writeString(ledger.file(), "1 1 east\n2 1 west\nkilled 0 west\n2 2 east\n");
        assertThat(ledger.assertRepeatsOnlyAfterKills(Map.of(1, 1, 2, 2))).isOne();
        assertThatThrownBy(() -> ledger.assertRepeatsOnlyAfterKills(Map.of(1, 1, 2, 1))).isInstanceOf(AssertionError.class);
        Files.writeString(ledger.file(), "1 1 east\n2 1 west\nkilled 0 east\n2 2 east\n");
        assertThatThrownBy(() -> ledger.assertRepeatsOnlyAfterKills(Map.of(1, 1, 2, 2))).isInstanceOf(AssertionError.class);
    }

    private TaskScript script() {
        return new TaskScript(folder, folder.resolve("ledger"), 50, new SplittableRandom(1));
    }

    private static int slow(TaskScript script) {
        return IntStream.rangeClosed(1, script.tasks()).filter(index -> script.lines(index, false) > 50).findFirst()
                .orElseThrow();
    }

    private static List<String> lines(TaskScript script, int index) {
        return IntStream.rangeClosed(1, script.lines(index, false)).mapToObj(number -> script.line(index, 1, number)).toList();
    }

    private static List<String> with(List<String> lines, int at, String line) {
        var changed = new ArrayList<>(lines);
        changed.set(at, line);
        return changed;
    }

    private Path file(List<String> lines) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "copy", null), String.join("\n", lines) + "\n");
    }
}
