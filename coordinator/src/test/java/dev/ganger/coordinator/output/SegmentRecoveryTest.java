package dev.ganger.coordinator.output;

import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.output.Sample.OUT;
import static dev.ganger.coordinator.output.Sample.all;
import static dev.ganger.coordinator.output.Sample.bytes;
import static dev.ganger.coordinator.output.Sample.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is found after a kill, the loss of power or of files: all that was synced, and nothing that was not written. */
final class SegmentRecoveryTest {
    private static final int SEGMENT = 400;
    private static final StreamId OTHER = stream(2, 5, 1, StreamName.STDERR);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private SegmentFolder folder;

    @BeforeEach
    void folder() {
        folder = new SegmentFolder(temporary.resolve("output"));
    }

    private static void append(SegmentStore store, StreamId stream, String text) {
        store.append(stream, Limits.ALL_OUTPUT, store.end(stream), bytes(text));
    }

    /** Three segments; the index has what came first. */
    private SegmentFolder killed(int appends, int indexed) {
        try (var store = folder.open(SEGMENT)) {
            for (var number = 0; number < appends; number++) {
                append(store, number % 2 == 0 ? OUT : OTHER, "frame %d, ".formatted(number));
                if (number + 1 == indexed) {
                    SegmentFolder.pass(store);
                }
            }
            store.sync().join();
            return folder.copyTo(temporary.resolve("killed"));
        }
    }

    private static String expected(int appends, StreamId stream) {
        var text = new StringBuilder();
        for (var number = stream == OUT ? 0 : 1; number < appends; number += 2) {
            text.append("frame %d, ".formatted(number));
        }
        return text.toString();
    }

    private static void assertWhole(SegmentFolder left, int appends) {
        try (var store = left.open(SEGMENT)) {
            assertThat(all(store, OUT)).isEqualTo(expected(appends, OUT));
            assertThat(all(store, OTHER, 3)).isEqualTo(expected(appends, OTHER));
            append(store, OUT, "more");
            assertThat(all(store, OUT)).isEqualTo(expected(appends, OUT) + "more");
        }
        try (var store = left.open(SEGMENT)) {
            assertThat(all(store, OUT)).isEqualTo(expected(appends, OUT) + "more");
        }
    }

    @Test
    void aKillLosesNothingThatWasSynced() {
        for (var indexed : List.of(0, 1, 7, 20)) {
            folder = new SegmentFolder(temporary.resolve("output" + indexed));
            var left = killed(20, indexed);
            assertThat(left.segments()).hasSizeGreaterThan(2);
            assertWhole(left, 20);
            delete(left);
        }
    }

    /** Files reach the disk in any order; what was not acknowledged comes again, and must find its place. */
    @Test
    void whatWasLostBeforeALaterSegmentIsTakenWhenItComesAgain() throws IOException {
        var left = killed(20, 5);
        var torn = left.segments().get(left.segments().size() - 2);
        try (var file = FileChannel.open(torn, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        try (var store = left.open(SEGMENT)) {
            var known = (int) store.end(OUT);
            assertThat(all(store, OUT)).isEqualTo(expected(20, OUT).substring(0, known));
            store.append(OUT, Limits.ALL_OUTPUT, known, bytes(expected(20, OUT).substring(known)));
            assertThat(all(store, OUT)).isEqualTo(expected(20, OUT));
        }
    }

    @Test
    void aLostIndexIsMadeAnew() {
        var left = killed(20, 20);
        left.deleteIndex();
        assertWhole(left, 20);
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        var left = killed(20, 20);
        left.deleteIndex();
        Files.writeString(left.path().resolve("output.db"), "this is no database ".repeat(1000));
        assertWhole(left, 20);
    }

    /** Cut at each byte of the last segment: whole frames are kept, and nothing else. */
    @Test
    void aTailThatIsCutAtAnyByteKeepsItsWholeFrames() throws IOException {
        var left = killed(16, 9);
        var last = left.segments().getLast();
        var size = Files.size(last);
        assertThat(size).isGreaterThan(3 * Frame.HEADER_BYTES);
        var lengths = new TreeMap<Long, Integer>();
        for (var cut = 0L; cut <= size; cut++) {
            var copy = left.copyTo(temporary.resolve("cut" + cut));
            try (var channel = FileChannel.open(copy.segments().getLast(), StandardOpenOption.WRITE)) {
                channel.truncate(cut);
            }
            try (var store = copy.open(SEGMENT)) {
                assertThat(expected(16, OUT)).startsWith(all(store, OUT));
                assertThat(expected(16, OTHER)).startsWith(all(store, OTHER));
                var frames = (all(store, OUT) + all(store, OTHER)).split(", ", -1).length - 1;
                lengths.put(cut, frames);
                append(store, OUT, "more");
                assertThat(all(store, OUT)).endsWith("more");
            }
            if (cut % 7 == 0) {
                try (var store = copy.open(SEGMENT)) {
                    assertThat(all(store, OUT)).endsWith("more");
                }
            }
            delete(copy);
        }
        assertThat(lengths.get(size)).isEqualTo(16);
        assertThat(lengths.get(size - 1)).isEqualTo(15);
        assertThat(List.copyOf(lengths.values())).isSorted();
    }

    /** A bit flipped at each third byte that the index does not know: what comes before is kept, the rest is cut, nothing is invented. */
    @Test
    void aTailThatIsDamagedAtAnyByteIsCutThere() throws IOException {
        var left = killed(16, 16 - 5);
        var last = left.segments().getLast();
        var whole = Files.readAllBytes(last);
        for (var at = 0; at < whole.length; at += 3) {
            var copy = left.copyTo(temporary.resolve("flipped" + at));
            var bytes = whole.clone();
            bytes[at] ^= 0x10;
            Files.write(copy.segments().getLast(), bytes);
            try (var store = copy.open(SEGMENT)) {
                assertPrefixOrDamage(store, OUT);
                assertPrefixOrDamage(store, OTHER);
            }
            delete(copy);
        }
    }

    private static void assertPrefixOrDamage(SegmentStore store, StreamId stream) {
        try {
            assertThat(expected(16, stream)).startsWith(all(store, stream));
        } catch (OutputException damage) {
            assertThat(damage).hasMessageContaining("output is damaged in").hasMessageContaining("segment-");
        }
    }

    @Test
    void damageThatTheIndexKnowsOfIsNamed() throws IOException {
        var left = killed(4, 4);
        var file = left.segments().getFirst();
        var bytes = Files.readAllBytes(file);
        bytes[Frame.HEADER_BYTES + 2] ^= 1;
        Files.write(file, bytes);
        try (var store = left.open(SEGMENT)) {
            assertThatThrownBy(() -> all(store, OUT)).isInstanceOf(OutputException.class)
                    .hasMessageContaining(file.toString()).hasMessageContaining("at position 0");
            assertThat(all(store, OTHER)).isEqualTo(expected(4, OTHER));
        }
    }

    @Test
    void aMissingSegmentIsAGap() throws IOException {
        var left = killed(20, 20);
        Files.delete(left.segments().get(1));
        try (var store = left.open(SEGMENT)) {
            var text = all(store, OUT);
            assertThat(text).contains("..").hasSameSizeAs(expected(20, OUT)).startsWith("frame 0, ").endsWith("frame 18, ");
            append(store, OUT, "more");
        }
    }

    @Test
    void aSegmentShorterThanItWasSyncedIsReadAnew() throws IOException {
        var left = killed(20, 20);
        try (var channel = FileChannel.open(left.segments().getFirst(), StandardOpenOption.WRITE)) {
            channel.truncate(100);
        }
        try (var store = left.open(SEGMENT)) {
            assertThat(all(store, OUT)).startsWith("frame 0, ....").endsWith("frame 18, ");
        }
    }

    @Test
    void foreignFilesAreLeftAlone() throws IOException {
        var left = killed(20, 20);
        var foreign = Files.writeString(left.path().resolve("segment-readme"), "hello");
        assertWhole(left, 20);
        assertThat(foreign).hasContent("hello");
    }

    @Test
    void aForgottenJobStaysForgottenAfterAKillAndWithoutTheIndex() {
        for (var indexIsLost : List.of(false, true)) {
            folder = new SegmentFolder(temporary.resolve("output" + indexIsLost));
            var left = temporary.resolve("left" + indexIsLost);
            try (var store = folder.open(SEGMENT)) {
                append(store, OUT, "old and long");
                append(store, OTHER, "other");
                SegmentFolder.pass(store);
                store.forget(1);
                append(store, OUT, "new");
                store.sync().join();
                folder.copyTo(left);
            }
            if (indexIsLost) {
                new SegmentFolder(left).deleteIndex();
            }
            try (var store = new SegmentFolder(left).open(SEGMENT)) {
                assertThat(all(store, OUT)).isEqualTo("new");
                assertThat(store.end(OUT)).isEqualTo(3);
                assertThat(all(store, OTHER)).isEqualTo("other");
            }
        }
    }

    /** Killed at any step of a copy: between the files, the index and the removal of what was copied. */
    @Test
    void aCopyThatIsKilledAtAnyStepLosesNothing() throws IOException {
        var before = temporary.resolve("before");
        var after = temporary.resolve("after");
        try (var store = folder.open(SEGMENT)) {
            for (var number = 0; number < 20; number++) {
                append(store, number % 4 == 0 ? OUT : OTHER, "frame %d, ".formatted(number));
            }
            SegmentFolder.pass(store);
            store.forget(2);
            store.upkeep().flush();
            folder.copyTo(before);
            SegmentFolder.pass(store);
            folder.copyTo(after);
        }
        var expected = "frame 0, frame 4, frame 8, frame 12, frame 16, ";
        var copied = new SegmentFolder(after).segments().getFirst();
        assertThat(String.valueOf(copied.getFileName())).startsWith("segment-0000000001.1-");
        for (var state : List.of("complete", "unfinished")) {
            for (var indexIsLost : List.of(false, true)) {
                var mixed = new SegmentFolder(before).copyTo(temporary.resolve("mixed" + state + indexIsLost));
                Files.copy(copied, mixed.path().resolve(copied.getFileName() + (state.equals("unfinished") ? ".new" : "")));
                if (indexIsLost) {
                    mixed.deleteIndex();
                }
                assertOnly(mixed, expected);
            }
        }
        assertOnly(new SegmentFolder(after), expected);
    }

    private static void assertOnly(SegmentFolder left, String expected) {
        for (var times = 0; times < 2; times++) {
            try (var store = left.open(SEGMENT)) {
                assertThat(all(store, OUT)).isEqualTo(expected);
                assertThat(store.streams(2, 0, 10)).isEmpty();
            }
        }
        try (var index = SqliteOutputIndex.open(left.path())) {
            assertThat(index.segments().stream().mapToLong(OutputIndex.Indexed::alive).sum())
                    .isEqualTo(index.chains(0, 1000).stream().mapToLong(Chain::bytes).sum());
        }
    }

    private static void delete(SegmentFolder folder) {
        try (var files = Files.newDirectoryStream(folder.path())) {
            for (var file : files) {
                Files.delete(file);
            }
            Files.delete(folder.path());
        } catch (IOException cause) {
            throw new java.io.UncheckedIOException(cause);
        }
    }
}
