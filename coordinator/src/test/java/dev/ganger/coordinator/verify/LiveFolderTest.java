package dev.ganger.coordinator.verify;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

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
