package dev.ganger.agent.task;

import dev.ganger.agent.core.Input;
import dev.ganger.agent.exec.Exit;
import dev.ganger.agent.exec.Listener;
import dev.ganger.agent.output.TaskOutput;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Run;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one process: collects its output, and tells of its start and its end, in this order even if it ends at once. */
final class TaskWatch implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TaskWatch.class);

    private final AttemptId attempt;
    private final Runnable afterwards;
    private final Consumer<Input> inputs;
    private final TaskOutput output;
    private volatile boolean endAsked;
    private long pid;
    private @Nullable Instant startedAt;
    private @Nullable Exit exit;
    private @Nullable Instant finishedAt;

    /** Afterwards runs before the end is told. */
    TaskWatch(AttemptId attempt, TaskOutput output, Runnable afterwards, Consumer<Input> inputs) {
        this.attempt = attempt;
        this.output = output;
        this.afterwards = afterwards;
        this.inputs = inputs;
    }

    @Override
    public void stdout(ByteBuffer chunk) {
        output.stdout().accept(chunk);
    }

    @Override
    public void stderr(ByteBuffer chunk) {
        output.stderr().accept(chunk);
    }

    /** It is being ended: whatever it says then, it did not succeed. */
    void endAsked() {
        endAsked = true;
    }

    synchronized void started(long process, Instant at) {
        pid = process;
        startedAt = at;
        inputs.accept(new Input.Started(attempt, process, at));
        tellEnd();
    }

    @Override
    public synchronized void ended(Exit seen) {
        exit = seen;
        finishedAt = Instant.now();
        tellEnd();
    }

    private void tellEnd() {
        var seen = exit;
        var start = startedAt;
        var end = finishedAt;
        if (seen == null || start == null || end == null) {
            return;
        }
        var succeeded = seen.ending().succeeded() && !endAsked;
        var run = new Run(pid, start, end.isBefore(start) ? start : end, seen.ending(), seen.cpuUser(), seen.cpuSystem(),
                seen.maxRssBytes(), seen.strays(), output.stdoutAtEnd(succeeded), output.stderrAtEnd(succeeded), seen.notEnded());
        if (!seen.notEnded().isEmpty()) {
            LOG.warn("task {}: {} processes could not be ended; they belong to another user or are stuck in the kernel: {}",
                    attempt.task(), seen.notEnded().count(), seen.notEnded().named());
        }
        afterwards.run();
        inputs.accept(new Input.Ended(attempt, run));
    }
}
