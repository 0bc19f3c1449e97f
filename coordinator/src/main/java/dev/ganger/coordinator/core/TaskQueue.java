package dev.ganger.coordinator.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The jobs that have queued tasks: larger priority first, then in the order they came. */
final class TaskQueue {
    private final NavigableMap<Place, JobProgress> jobs = new TreeMap<>(
            Comparator.comparingInt(Place::priority).reversed().thenComparingLong(Place::job));

    private record Place(int priority, long job) {
        static Place of(JobProgress job) {
            return new Place(job.origin.spec().order().priority(), job.id());
        }
    }

    /** In the order in which their tasks leave. */
    Collection<JobProgress> jobs() {
        return jobs.values();
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /** Brings a job in or out, by whether it has queued tasks. */
    void refresh(JobProgress job) {
        if (job.queued() > 0) {
            jobs.put(Place.of(job), job);
        } else {
            jobs.remove(Place.of(job));
        }
    }
}
