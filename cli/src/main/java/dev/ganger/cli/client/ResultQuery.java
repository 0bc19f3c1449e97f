package dev.ganger.cli.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which results to read.
 *
 * @param from       the first position; 0: from the start
 * @param jobs       only of these; none: of all
 * @param follow     go on with new ones; with jobs until those are finished
 * @param timeout    how long to follow; null: as long as it takes
 * @param everyRound also those of tasks that were retried since
 * @param ordered    by job as asked for, then by index; needs jobs
 */
public record ResultQuery(
        long from,
        List<Long> jobs,
        boolean follow,
        @Nullable Duration timeout,
        boolean everyRound,
        boolean ordered) {
    public ResultQuery {
        jobs = List.copyOf(jobs);
    }

    /** Those of one job that are there now. */
    public static ResultQuery of(long job) {
        return new ResultQuery(0, List.of(job), false, null, false, false);
    }
}
