package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.store.FrozenStore;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.verify.DataFolder.agent;
import static dev.ganger.coordinator.verify.DataFolder.text;
import static org.assertj.core.api.Assertions.assertThat;

/** A coordinator at work has a clean folder at each moment. */
final class LiveFolderTest {
    private static final int JOBS = 400;
    private static final int KEPT = 30;

    @Test
    void itIsCleanInTheMidstOfWork(@TempDir Path folder) throws InterruptedException {
        var failure = new AtomicReference<@Nullable Throwable>();
        try (var data = new DataFolder(folder.resolve("data"))) {
            var worker = Thread.ofPlatform().uncaughtExceptionHandler((_, thrown) -> failure.set(thrown)).start(() -> work(data));
            var faults = new ArrayList<String>();
            var verified = 0;
            do {
                faults.addAll(data.verify().faults());
                verified++;
            } while (worker.isAlive());
            worker.join();
            assertThat(failure.get()).isNull();
            assertThat(faults).isEmpty();
            assertThat(verified).isGreaterThan(1);
            assertThat(data.verify().counts().jobs()).isEqualTo(KEPT);
        }
    }

    /** What a kill leaves is looked at, and a coordinator starts on it: neither waits for the other, nor sees what the other does. */
    @Test
    void aCoordinatorThatStartsIsNotHeldUp(@TempDir Path folder) throws IOException, InterruptedException {
        var killed = folder.resolve("killed");
        try (var data = new DataFolder(folder.resolve("data"))) {
            data.submit(2);
            CleanFolderTest.copy(data.path(), killed);
        }
        try (var moment = FrozenStore.open(killed, Files.createDirectory(folder.resolve("scratch")))) {
            var coordinator = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                    DataFolder.class.getName(),
                    killed.toString()).inheritIO().start();
            assertThat(coordinator.waitFor()).as("exit code of a coordinator that started, worked and ended meanwhile").isZero();
            assertThat(StoreCheck.faults(moment)).isEmpty();
            var events = new ArrayList<Event>();
            moment.replay((_, event) -> events.add(event));
            assertThat(events).filteredOn(Event.Submitted.class::isInstance).hasSize(1);
        }
        var verdict = Verification.of(killed, _ -> {});
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.counts().jobs()).isEqualTo(2);
    }

    @Test
    void whatWasReadAsIfNobodyWroteIsNotTrustedWhenSomebodyBegins(@TempDir Path folder) throws IOException {
        var data = new DataFolder(folder.resolve("data"));
        data.close();
        try (var moment = FrozenStore.open(data.path(), Files.createDirectory(folder.resolve("scratch")))) {
            assertThat(moment.wasDisturbed()).isFalse();
            data.settle();
            assertThat(moment.wasDisturbed()).isTrue();
        }
        data.close();
    }

    private static void work(DataFolder data) {
        for (var number = 1; number <= JOBS; number++) {
            var job = data.submitEach("a", "b");
            data.attach(agent(1), 2);
            data.giveBack(agent(1), new AttemptId(job, 2, 1));
            data.succeed(agent(1), new AttemptId(job, 1, 1), text(10_000 * (number % 10) + 1, number));
            data.attach(agent(1), 1);
            data.end(agent(1), new AttemptId(job, 2, 2), new Ending.Exited(3));
            if (job > KEPT) {
                data.forget(job - KEPT);
            }
        }
    }
}
