package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Refusal;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.Outcome;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a refusal or a failure is told to a client. */
final class Statuses {
    private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

    private Statuses() {}

    /** Waits for an answer; for virtual threads only. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("interrupted").asRuntimeException();
        }
    }

    /** Waits for a reply; a refusal is thrown as its status. */
    static <R> R reply(CompletableFuture<Outcome<R>> future) {
        return switch (await(future)) {
            case Outcome.Replied<R>(var reply) -> reply;
            case Outcome.Refused<R>(var refusal) -> throw of(refusal).asRuntimeException();
        };
    }

    static Status of(Refusal refusal) {
        var status = switch (refusal.kind()) {
            case INVALID -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case FULL -> Status.RESOURCE_EXHAUSTED;
            case CONFLICT -> Status.ALREADY_EXISTS;
            case NOT_NOW -> Status.FAILED_PRECONDITION;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case NOT_ADMITTED -> Status.UNAUTHENTICATED;
        };
        return status.withDescription(refusal.text());
    }

    static Status of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case StatusRuntimeException status -> status.getStatus();
            case IllegalArgumentException invalid -> Status.INVALID_ARGUMENT.withDescription(invalid.getMessage());
            case CoreLoop.ClosedException closed -> Status.UNAVAILABLE.withDescription(closed.getMessage());
            default -> {
                LOG.error("a call failed", failure);
                yield Status.INTERNAL.withDescription("the coordinator failed: " + failure + "; its log tells more");
            }
        };
    }

    static StatusRuntimeException noJob(long job) {
        return Status.NOT_FOUND
                .withDescription("there is no job %d, or it is no longer kept; 'ganger jobs' lists them".formatted(job))
                .asRuntimeException();
    }
}
