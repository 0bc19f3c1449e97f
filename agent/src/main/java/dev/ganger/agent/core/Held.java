package dev.ganger.agent.core;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt that this agent answers for. */
final class Held {
    private final AttemptId attempt;
    private final @Nullable Assignment assignment;
    private Phase phase = Phase.WAITING;
    private @Nullable Cause cause;
    private long startedNow;
    private long pid;
    private @Nullable Instant startedAt;
    private @Nullable Run run;
    private boolean outputStored;

    /** How far it is. */
    enum Phase {
        WAITING, RUNNING, ENDED, RETURNED
    }

    /** Why it is being ended. */
    enum Cause {
        TIMEOUT, CANCELLED, SUPERSEDED, GIVEN_BACK
    }

    Held(Assignment assignment) {
        this.attempt = assignment.attempt();
        this.assignment = assignment;
    }

    /** Ended in a former life of the agent. */
    Held(Action.Over over) {
        this.attempt = over.attempt();
        this.assignment = null;
        end(over.run());
    }

    AttemptId attempt() {
        return attempt;
    }

    private Assignment assignment() {
        if (assignment == null) {
            throw new AssertionError(attempt + " ended in a former life");
        }
        return assignment;
    }

    Phase phase() {
        return phase;
    }

    boolean is(Phase asked) {
        return phase == asked;
    }

    @Nullable
    Cause cause() {
        return cause;
    }

    /** What to run. */
    Assignment start(long now) {
        phase = Phase.RUNNING;
        startedNow = now;
        return assignment();
    }

    void started(long process, Instant at) {
        pid = process;
        startedAt = at;
    }

    /** True if this is the first reason to end it; a later one that forgets or returns it wins over one that reports. */
    boolean endBecause(Cause why) {
        var first = cause == null;
        if (first || why == Cause.SUPERSEDED) {
            cause = why;
        }
        return first;
    }

    /** Milliseconds from now until its timeout; Long.MAX_VALUE if it has none. */
    long millisLeft(long now) {
        if (phase != Phase.RUNNING || cause != null) {
            return Long.MAX_VALUE;
        }
        var timeout = assignment().spec().limits().timeout();
        return timeout == null ? Long.MAX_VALUE : startedNow + timeout.toMillis() - now;
    }

    long ranMillis(long now) {
        return now - startedNow;
    }

    void end(Run seen) {
        phase = Phase.ENDED;
        run = cause == Cause.TIMEOUT
                ? seen.endingWith(new Ending.TimedOut())
                : cause == Cause.CANCELLED ? seen.endingWith(new Ending.Cancelled("")) : seen;
        outputStored |= seen.isInline();
    }

    void outputStored() {
        outputStored = true;
    }

    /** Whether it ended, and all that it wrote is stored or told with it. */
    boolean isReportable() {
        return phase == Phase.ENDED && outputStored;
    }

    void giveBack() {
        phase = Phase.RETURNED;
    }

    /** Null while its process is not known to run. */
    Action.@Nullable Running running() {
        return startedAt == null ? null : new Action.Running(attempt(), pid, startedAt);
    }

    Action.Over over() {
        if (run == null) {
            throw new AssertionError(attempt() + " has not ended");
        }
        return new Action.Over(attempt(), run);
    }
}
