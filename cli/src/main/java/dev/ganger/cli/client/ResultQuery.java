package dev.ganger.cli.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which results to read.
 *
 * @param from    the first position; 0: from the start
 * @param jobs    only of these; none: of all
 * @param follow  go on with new ones; with jobs until those are finished
 * @param timeout how long to follow; null: as long as it takes
 */
public record ResultQuery(long from, List<Long> jobs, boolean follow, @Nullable Duration timeout) {
    public ResultQuery {
        jobs = List.copyOf(jobs);
    }
}
