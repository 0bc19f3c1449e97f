package dev.ganger.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows when tasks fail.
 *
 * @param retries     how often a task that failed is tried again
 * @param retryOn     only if it ended with one of these codes; none: with any, and however it ended
 * @param backoff     how long it waits before that; null: not at all
 * @param maxFailures when more tasks than this have failed, the rest of the job is cancelled; null: no bound
 * @param crashLimit  a task that was lost with its agent this often has failed; 0: no bound
 */
public record FailurePolicy(
        int retries,
        List<CodeRange> retryOn,
        @Nullable Backoff backoff,
        @Nullable Integer maxFailures,
        int crashLimit) {
    public static final FailurePolicy DEFAULT = new FailurePolicy(0, List.of(), null, null, Limits.DEFAULT_CRASH_LIMIT);

    public FailurePolicy {
        retryOn = List.copyOf(retryOn);
        if (retries < 0 || retries > Limits.RETRIES) {
            throw new IllegalArgumentException("retries are from 0 to %d, not %d".formatted(Limits.RETRIES, retries));
        }
        if (maxFailures != null && maxFailures < 0) {
            throw new IllegalArgumentException("the most failures are 0 or more, not " + maxFailures);
        }
        if (crashLimit < 0) {
            throw new IllegalArgumentException("a crash limit is 0 or more, not " + crashLimit);
        }
    }

    /** The same with another number of retries. */
    public FailurePolicy retrying(int times) {
        return new FailurePolicy(times, retryOn, backoff, maxFailures, crashLimit);
    }
}
