package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.TaskQueue.Place;
import dev.ganger.model.IndexRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks over the tasks of a lane in their order, up to a place, and takes them for grants. */
final class LaneWalk {
    private final String agent;
    private final Iterator<JobProgress> jobs;
    private final Quota quota;
    private @Nullable JobProgress job;
    private int from;

    /** Until is the place before which to end; null: at the end of the lane. */
    LaneWalk(TaskQueue queue, String agent, @Nullable Place until, Predicate<JobProgress> wanted, Quota quota) {
        this.agent = agent;
        this.quota = quota;
        var lane = queue.lane(agent);
        this.jobs = (until == null ? lane : lane.headMap(until, false)).values().stream().filter(wanted).iterator();
    }

    /** The place of the first task, null if there is none. */
    static @Nullable Place head(TaskQueue queue, String agent, Predicate<JobProgress> wanted) {
        for (var entry : queue.lane(agent).entrySet()) {
            if (wanted.test(entry.getValue())) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** How many tasks there are, counted no further than so many. */
    static long count(TaskQueue queue, @Nullable Place until, Predicate<JobProgress> wanted, long enough) {
        var lane = queue.lane("");
        var found = 0L;
        for (var each : (until == null ? lane : lane.headMap(until, false)).values()) {
            if (found >= enough) {
                break;
            }
            found += wanted.test(each) ? TaskQueue.startable(each) : 0;
        }
        return Math.min(found, enough);
    }

    /** The next tasks, at most so many. */
    List<Event.Grant> take(int tasks) {
        var grants = new ArrayList<Event.Grant>();
        var left = tasks;
        while (left > 0 && advance()) {
            left -= takeFromJob(grants, left);
        }
        return grants;
    }

    private boolean advance() {
        while (job == null || next(job, from) < 0 || quota.left(job) <= 0) {
            if (!jobs.hasNext()) {
                return false;
            }
            job = jobs.next();
            from = 0;
        }
        return true;
    }

    /** The first queued task of the lane, from an ordinal on, or -1. */
    private int next(JobProgress current, int start) {
        var agents = current.origin.agents();
        if (agents.isEmpty()) {
            return current.nextQueuedAnywhere(start);
        }
        var own = Collections.binarySearch(agents, agent);
        return own >= start && current.nextQueued(own) == own ? own : -1;
    }

    /** A run of tasks with neighbouring indices and the same attempt number is one grant. */
    private int takeFromJob(List<Event.Grant> grants, int wantedTasks) {
        var current = Objects.requireNonNull(job);
        var tasks = Math.min(wantedTasks, quota.left(current));
        var indices = current.origin.indices();
        var taken = 0;
        for (var ordinal = next(current, from); ordinal >= 0 && taken < tasks; ordinal = next(current, from)) {
            var range = indices.rangeAt(ordinal);
            var attempt = current.nextAttempt(ordinal);
            var first = indices.indexAt(ordinal);
            var last = first;
            from = ordinal + 1;
            taken++;
            while (taken < tasks && last < range.last() && next(current, from) == from && current.nextAttempt(from) == attempt) {
                last += range.step();
                from++;
                taken++;
            }
            grants.add(new Event.Grant(current.id(), new IndexRange(first, last, range.step()), attempt));
        }
        quota.take(current, taken);
        return taken;
    }
}
