package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskState;
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

    boolean isRunning() {
        return startedAt != null;
    }

    /** It is wanted back, and has not started as far as is known. */
    boolean isComingBack() {
        return recalled && !isRunning();
    }

    boolean recallable() {
        return !recalled && !isRunning() && cancelReason == null;
    }

    @Nullable
    String cancelReason() {
        return cancelReason;
    }

    /** As people see it while it is held. */
    Attempt view(String agent, boolean silent) {
        var state = silent ? TaskState.UNKNOWN : isRunning() ? TaskState.RUNNING : TaskState.LEASED;
        return new Attempt(attempt.number(), agent, state, pid, startedAt, null);
    }

    /** Null while it is not known to run. */
    Event.@Nullable Started running() {
        return startedAt == null ? null : new Event.Started(attempt, pid, startedAt);
    }

    Saved.Lease snapshot() {
        return new Saved.Lease(attempt, instance, leasedAt, cancelReason);
    }
}
