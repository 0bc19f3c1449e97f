package dev.ganger.cli.client;

import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Until when a call may take, whatever happens to its connection. */
final class Deadline {
    static final Deadline NONE = new Deadline(null);

    private final @Nullable Duration timeout;
    private final long startNanos = System.nanoTime();

    private Deadline(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /** Null: none. */
    static Deadline after(@Nullable Duration timeout) {
        return timeout == null ? NONE : new Deadline(timeout);
    }

    long leftNanos() {
        return timeout == null ? Long.MAX_VALUE : Math.max(0, timeout.toNanos() - (System.nanoTime() - startNanos));
    }

    boolean isOver() {
        return leftNanos() == 0;
    }

    /** False if a call failed because the time was over; else it failed. */
    boolean notInTime(StatusException problem) throws StatusException {
        if (timeout == null || problem.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
            throw problem;
        }
        return false;
    }

    <S extends io.grpc.stub.AbstractBlockingStub<S>> S on(S stub) {
        return timeout == null ? stub : stub.withDeadlineAfter(leftNanos(), TimeUnit.NANOSECONDS);
    }
}
