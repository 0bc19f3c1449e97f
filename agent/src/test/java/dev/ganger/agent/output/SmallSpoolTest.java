package dev.ganger.agent.output;

import dev.ganger.agent.core.Assignment;
import dev.ganger.agent.core.Input;
import dev.ganger.agent.task.TaskRunner;
import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Run;
import dev.ganger.model.TaskLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.agent.output.Samples.FIRST;
import static dev.ganger.agent.output.Samples.over;
import static dev.ganger.agent.output.Samples.sha256;
import static dev.ganger.agent.output.Samples.stdout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A task that writes much more than the spool holds, while the coordinator takes nothing for a while. */
@Timeout(90)
final class SmallSpoolTest {
    private static final long LIMIT = 4 << 20;
    private static final int BYTES = 50 << 20;

    @TempDir
    private Path folder = Path.of("");
    private final Heard heard = new Heard();
    private final CompletableFuture<Run> ended = new CompletableFuture<>();
    private final AtomicBoolean everPaused = new AtomicBoolean();
    private long mostOnDisk;

    private void hear(Input input) {
        heard.accept(input);
        if (input instanceof Input.Ended(_, var run)) {
            ended.complete(run);
        }
    }

    private void pause(TaskRunner runner, boolean reading) {
        everPaused.compareAndSet(false, !reading);
        runner.readOutput(reading);
    }

    private static JobSpec spec(String script) {
        var arguments = Stream.of("/bin/sh", "-c", script).map(Bytes::utf8).map(Argument::literal).toList();
        return JobSpec.of(arguments).with(new TaskLimits(null, Duration.ofSeconds(10), Limits.ALL_OUTPUT));
    }

    private long onDisk() {
        var files = folder.resolve("spool").toFile().listFiles();
        return files == null ? 0 : Stream.of(files).mapToLong(java.io.File::length).sum();
    }

    @Test
    void theTaskWaitsAndEverythingArrives() throws Exception {
        try (var coordinator = new FakeCoordinator(1);
                var tasks = new TaskRunner("test", folder.resolve("tasks"), this::hear);
                var output = Output.open(folder.resolve("spool"), LIMIT, coordinator.channel(), this::hear,
                        reading -> pause(tasks, reading))) {
            coordinator.stall(true);
            var spec = spec("yes 0123456789abcde | head -c " + BYTES);
            tasks.start(new Assignment(FIRST, spec, null), output.of(FIRST, spec));
            await().untilTrue(everPaused);
            TimeUnit.SECONDS.sleep(1);
            assertThat(ended).isNotDone();
            assertThat(heard.isScarce()).isTrue();
            coordinator.stall(false);
            while (!ended.isDone()) {
                mostOnDisk = Math.max(mostOnDisk, onDisk());
                TimeUnit.MILLISECONDS.sleep(1);
            }
            var run = ended.get();
            output.record(List.of(over(FIRST, run.stdout(), run.stderr())), List.of());
            await().until(() -> heard.stored().equals(List.of(FIRST)));
            assertThat(mostOnDisk).isBetween(1L, LIMIT);
            assertThat(run.stdout().bytes()).isEqualTo(BYTES);
            assertThat(sha256(coordinator.received(stdout(FIRST)))).isEqualTo(run.stdout().sha256());
            assertThat(heard.isScarce()).isFalse();
            assertThat(coordinator.wrongs()).isEmpty();
        }
    }
}
