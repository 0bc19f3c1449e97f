package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agent's right to run an attempt. Only leased tasks are objects. */
final class Lease {
    final AttemptId attempt;
    final int ordinal;
    final UUID instance;
    final Instant leasedAt;
    /** The number of the grant in the agent's present stream; 0: granted before that stream. */
    private long grant;
    private long pid;
    private @Nullable Instant startedAt;
    private @Nullable String cancelReason;
    private boolean recalled;

    Lease(AttemptId attempt, int ordinal, UUID instance, long grant, Instant leasedAt) {
        this.attempt = attempt;
        this.ordinal = ordinal;
        this.instance = instance;
        this.grant = grant;
        this.leasedAt = leasedAt;
    }

    void started(long process, Instant at) {
        pid = process;
        startedAt = at;
    }

    void cancel(String reason) {
        cancelReason = reason;
    }

    void recall() {
        recalled = true;
    }

    /** A new stream of the agent began. */
    void outliveStream() {
        grant = 0;
        recalled = false;
    }

    long grant() {
        return grant;
    }

    boolean running() {
        return startedAt != null;
    }

    boolean recallable() {
        return !recalled && !running() && cancelReason == null;
    }

    @Nullable
    String cancelReason() {
        return cancelReason;
    }

    /** As people see it while it is held. */
    Attempt view(String agent, boolean silent) {
        var state = silent ? TaskState.UNKNOWN : running() ? TaskState.RUNNING : TaskState.LEASED;
        return new Attempt(attempt.number(), agent, state, pid, startedAt, null);
    }

    /** What is known of it when its agent is lost. */
    Run lostRun(String reason, Instant at) {
        return new Run(pid, startedAt, at, new Ending.Lost(reason), Duration.ZERO, Duration.ZERO, 0, 0, StreamOutput.NOTHING,
                StreamOutput.NOTHING);
    }
}
