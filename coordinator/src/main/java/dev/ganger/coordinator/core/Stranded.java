package dev.ganger.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that nothing would start by itself: held ones, and those of a single agent that is not there or takes none. STOP would wait for
 * them for ever.
 */
final class Stranded {
    /** Jobs and tasks that a sentence names, at most. */
    private static final int NAMED = 3;

    private final State state;

    Stranded(State state) {
        this.state = state;
    }

    /** Whether a task would never start by itself. */
    boolean isStranded(JobProgress job, int ordinal) {
        return !job.isFinished(ordinal) && job.leaseOf(ordinal) == null
                && (job.isHeld(ordinal) || isAway(job.origin.agentOf(ordinal)));
    }

    private boolean isAway(String agent) {
        return obstacle(agent) != null;
    }

    /** Why an agent starts nothing; null if it does, or if any may. */
    private @Nullable String obstacle(String name) {
        if (name.isEmpty()) {
            return null;
        }
        var agent = state.fleet().named(name);
        return agent == null ? "is not there" : state.fleet().takesTasks(agent) ? null : "takes no tasks";
    }

    int count(JobProgress job) {
        if (job.origin.agents().isEmpty()) {
            return isAway(job.origin.spec().order().agent()) ? job.toStart() : job.held();
        }
        var count = 0;
        for (var ordinal = 0; ordinal < job.count(); ordinal++) {
            count += isStranded(job, ordinal) ? 1 : 0;
        }
        return count;
    }

    /** Tasks that STOP waits for, in jobs that were accepted before it. */
    long before(Event.StopRequested stop) {
        var tasks = 0L;
        for (var id : state.jobs().unfinishedUpTo(stop.behind())) {
            tasks += waitedFor(id, stop.skip());
        }
        return tasks;
    }

    /** Whether STOP waits for nothing any more. */
    boolean maySend(Event.StopRequested stop) {
        for (var id : state.jobs().unfinishedUpTo(stop.behind())) {
            if (waitedFor(id, stop.skip()) > 0) {
                return false;
            }
        }
        return true;
    }

    private int waitedFor(long id, boolean skip) {
        var job = state.job(id);
        return job == null ? 0 : job.unfinished() - (skip ? count(job) : 0);
    }

    /** Why STOP would never arrive behind these jobs; null if it would. */
    @Nullable
    String sentence(long behind) {
        var names = new ArrayList<String>();
        var more = 0L;
        for (var id : state.jobs().unfinishedUpTo(behind)) {
            var job = state.job(id);
            var stranded = job == null ? 0 : count(job);
            if (job != null && stranded > 0) {
                if (names.size() < NAMED) {
                    names.add(name(job, stranded));
                } else {
                    more += stranded;
                }
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        return "STOP would never arrive: nothing would start %s; '--skip' leaves them queued and does not wait, 'ganger why %d' tells more"
                .formatted(joined(names, more), firstStranded(behind));
    }

    private long firstStranded(long behind) {
        return state.jobs().unfinishedUpTo(behind).stream().filter(id -> {
            var job = state.job(id);
            return job != null && count(job) > 0;
        }).findFirst().orElse(behind);
    }

    private static String joined(List<String> names, long more) {
        return String.join(", ", names) + (more == 0 ? "" : " and %d more tasks".formatted(more));
    }

    private String name(JobProgress job, int stranded) {
        var first = 0;
        while (!isStranded(job, first)) {
            first++;
        }
        var agent = job.origin.agentOf(first);
        var what = stranded == 1
                ? "task %d.%d".formatted(job.id(), job.origin.indices().indexAt(first))
                : "%d tasks of job %d".formatted(stranded, job.id());
        return job.isHeld(first)
                ? "%s (held, 'ganger release %d' lets go)".formatted(what, job.id())
                : "%s (only for agent '%s', which %s)".formatted(what, agent, obstacle(agent));
    }
}
