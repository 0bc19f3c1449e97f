package dev.ganger.cli.client;

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

    boolean isNone() {
        return timeout == null;
    }

    long leftNanos() {
        return timeout == null ? Long.MAX_VALUE : Math.max(0, timeout.toNanos() - (System.nanoTime() - startNanos));
    }

    boolean isOver() {
        return leftNanos() == 0;
    }

    <S extends io.grpc.stub.AbstractBlockingStub<S>> S on(S stub) {
        return timeout == null ? stub : stub.withDeadlineAfter(leftNanos(), TimeUnit.NANOSECONDS);
    }
}
