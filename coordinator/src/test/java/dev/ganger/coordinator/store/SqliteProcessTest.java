package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the real store keeps when its process is killed, and when there are two. */
final class SqliteProcessTest {
    private static final int ROUNDS = 6;
    private static final int APPENDS = 100;
    private static final long JITTER_NANOS = 5_000_000;

    @TempDir
    Path folder;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void kill() {
        children.forEach(Process::destroyForcibly);
    }

    private Process child() throws IOException {
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), StoreChild.class.getName(),
                folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        children.add(child);
        return child;
    }

    private static void skip(BufferedReader lines, long count) throws IOException {
        for (var read = 0; read < count; read++) {
            assertThat(lines.readLine()).isNotNull();
        }
    }

    /** Kills with signal 9 at no particular moment of an append; gives the last number that was acknowledged. */
    private long kill(Process child, BufferedReader lines) throws IOException, InterruptedException {
        var last = Long.parseLong(lines.readLine());
        var moment = System.nanoTime() + random.nextLong(JITTER_NANOS);
        while (System.nanoTime() < moment) {
            Thread.onSpinWait();
        }
        child.toHandle().destroyForcibly();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            last = Long.parseLong(line);
        }
        child.waitFor();
        return last;
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws IOException, InterruptedException {
        for (var round = 0; round < ROUNDS; round++) {
            var child = child();
            try (var lines = child.inputReader()) {
                skip(lines, APPENDS);
                assertAllIsThere(kill(child, lines));
            }
        }
    }

    private void assertAllIsThere(long acknowledged) {
        try (var store = SqliteStore.open(folder)) {
            var events = new ArrayList<Event.Durable>();
            var last = store.recover(events::add);
            assertThat(last).isBetween(acknowledged, acknowledged + 1);
            var cursors = events.stream()
                    .mapMulti((Event.Durable event, Consumer<Long> each) -> {
                        if (event instanceof Event.CursorMoved(var consumer, var next) && consumer.equals("child")) {
                            each.accept(next);
                        }
                    }).toList();
            assertThat(cursors).isEqualTo(LongStream.rangeClosed(cursors.getFirst(), last).boxed().toList());
            assertThat(store.read(0, Integer.MAX_VALUE)).extracting(Result::position)
                    .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
        }
    }

    @Test
    void aSecondCoordinatorIsToldOfTheFirst() throws IOException, InterruptedException {
        var child = child();
        try (var lines = child.inputReader()) {
            skip(lines, 1);
            assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("pid " + child.pid() + ":").hasMessageContaining(folder.toString());
            kill(child, lines);
        }
        try (var store = SqliteStore.open(folder)) {
            assertThat(store.recover(_ -> {})).isPositive();
        }
    }

    @Test
    void aSecondStoreInTheSameProcessIsRefused() throws IOException {
        try (var _ = SqliteStore.open(folder)) {
            assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid() + ":");
        }
        assertThat(Files.exists(folder.resolve("lock"))).isTrue();
        SqliteStore.open(folder).close();
    }
}
