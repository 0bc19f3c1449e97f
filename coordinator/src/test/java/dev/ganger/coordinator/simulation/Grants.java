package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskId;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** What must hold of each attempt that an agent gets. */
final class Grants {
    private static final Comparator<JobRecord> PLACE = Comparator
            .comparing((JobRecord job) -> -job.origin.spec().order().priority()).thenComparing(job -> job.origin.job());

    private final Records records;

    Grants(Records records) {
        this.records = records;
    }

    void check(Event.Leased leased, JobRecord job, AttemptId attempt) {
        var agent = leased.agent();
        var task = job.task(attempt.index());
        unless(!records.fleet.wasStopped(agent), "an agent that is to stop gets nothing", "%s got %s", agent, attempt);
        unless(!records.fleet.isHeldBack(agent), "a drained agent gets nothing", "%s got %s", agent, attempt);
        unless(!task.held, "what is held does not start", "%s", attempt);
        unless(records.hasWaited(task), "what waits does not start before its time", "%s", attempt);
        var only = job.agentOf(job.ordinal(attempt.index()));
        unless(only.isEmpty() || only.equals(agent.name()), "a task for one agent goes to no other", "%s for %s went to %s",
                attempt, only, agent);
        unless(attempt.number() > task.lastAttempt, "attempts only grow", "%s after %d", attempt, task.lastAttempt);
        unless(!task.cancelAsked, "what was cancelled is not tried again", "%s", attempt);
        records.doubts.mayLease(leased, task, attempt);
        inOrder(leased, job, task, attempt);
    }

    /** What is kept from some agents may go before others of its job. */
    private void inOrder(Event.Leased leased, JobRecord job, JobRecord.TaskRecord task, AttemptId attempt) {
        var first = firstJob(leased, job);
        if (task.isChoosy()) {
            unless(first == null || PLACE.compare(job, first) <= 0, "tasks leave in order", "%s before those of job %d", attempt,
                    first == null ? 0 : first.origin.job());
        } else {
            TaskId expected = first == null ? null : first.firstQueued(leased.agent().name());
            unless(attempt.task().equals(expected), "tasks leave in order", "%s before %s", attempt, expected);
        }
    }

    /** For an agent: tasks of jobs that bound how many run need not leave before those of others. */
    private @Nullable JobRecord firstJob(Event.Leased leased, JobRecord granted) {
        var stop = records.stopBehind;
        Stream<JobRecord> jobs = records.jobs.values().stream();
        return jobs.filter(job -> job.firstQueued(leased.agent().name()) != null)
                .filter(job -> stop == null || job.origin.job() <= stop.behind())
                .filter(job -> job == granted || job.origin.spec().order().maxRunning() == 0)
                .filter(job -> !job.keepsAway(leased.agent().instance())).min(PLACE).orElse(null);
    }

    void mayRunSoMany(JobRecord job, Collection<AttemptId> leases) {
        var most = job.origin.spec().order().maxRunning();
        var many = leases.stream().filter(attempt -> attempt.job() == job.origin.job()).count();
        unless(most == 0 || many <= most, "no more tasks of a job run than it allows", "%d of job %d, not %d", many,
                job.origin.job(), most);
    }
}
