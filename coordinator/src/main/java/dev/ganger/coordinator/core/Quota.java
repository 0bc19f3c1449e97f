package dev.ganger.coordinator.core;

import java.util.HashMap;
import java.util.Map;

/** How many tasks of each job may still be leased in one decision: of a job with a bound, no more than that run at once. */
final class Quota {
    private final Map<Long, Integer> taken = new HashMap<>();

    int left(JobProgress job) {
        return job.origin.spec().order().maxRunning() == 0
                ? Integer.MAX_VALUE
                : TaskQueue.room(job) - taken.getOrDefault(job.id(), 0);
    }

    void take(JobProgress job, int tasks) {
        if (job.origin.spec().order().maxRunning() > 0) {
            taken.merge(job.id(), tasks, Integer::sum);
        }
    }
}
