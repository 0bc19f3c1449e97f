package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The jobs that are kept, and what is counted over all of them. */
final class Jobs {
    private final NavigableMap<Long, JobProgress> all = new TreeMap<>();
    private final NavigableSet<Long> unfinishedJobs = new TreeSet<>();
    private final NavigableMap<Finish, JobProgress> finishedJobs = new TreeMap<>();
    /** Jobs of which more tasks failed than may, and of which something is still to be ended. */
    private final NavigableSet<Long> failing = new TreeSet<>();
    /** Jobs with tasks that were retried. */
    private final Set<Long> retried = new HashSet<>();
    private final Waits waits = new Waits();
    private final Detours detours = new Detours();
    private final TaskQueue queue = new TaskQueue();
    private long unfinished;
    private long queued;
    private long toStart;
    private long results;
    private long entryBytes;

    /** When a job was finished; jobs leave in this order. */
    private record Finish(Instant at, long job) implements Comparable<Finish> {
        @Override
        public int compareTo(Finish other) {
            return Comparator.comparing(Finish::at).thenComparingLong(Finish::job).compare(this, other);
        }
    }

    // ---- reading

    @Nullable
    JobProgress of(long id) {
        return all.get(id);
    }

    NavigableMap<Long, JobProgress> all() {
        return all;
    }

    TaskQueue queue() {
        return queue;
    }

    Waits waits() {
        return waits;
    }

    Detours detours() {
        return detours;
    }

    NavigableSet<Long> failing() {
        return failing;
    }

    Set<Long> retried() {
        return Set.copyOf(retried);
    }

    boolean isRetried(long job) {
        return retried.contains(job);
    }

    /** The job that finished first; null if none has. */
    @Nullable
    JobProgress oldestFinished() {
        return finishedJobs.isEmpty() ? null : finishedJobs.firstEntry().getValue();
    }

    /** Jobs up to this one that have tasks which are not final. */
    NavigableSet<Long> unfinishedUpTo(long job) {
        return unfinishedJobs.headSet(job, true);
    }

    /** Tasks that are not final. */
    long unfinished() {
        return unfinished;
    }

    /** Tasks that may start. */
    long queued() {
        return queued;
    }

    /** Tasks that may start, wait for their time or are held. */
    long toStart() {
        return toStart;
    }

    /** Results that are kept. */
    long results() {
        return results;
    }

    /** Bytes of entries of jobs that are not finished. */
    long entryBytes() {
        return entryBytes;
    }

    JobProgress must(long id) {
        var job = all.get(id);
        if (job == null) {
            throw new AssertionError("no job " + id);
        }
        return job;
    }

    Lease lease(AttemptId attempt) {
        var job = must(attempt.job());
        var lease = job.leaseOf(job.origin.indices().ordinalOf(attempt.index()));
        if (lease == null || !lease.attempt.equals(attempt)) {
            throw new AssertionError("not leased: " + attempt);
        }
        return lease;
    }

    // ---- changing, by events only

    void submit(Event.Submitted submitted, long bytes) {
        var job = new JobProgress(submitted, bytes, waits, detours);
        all.put(job.id(), job);
        unfinishedJobs.add(job.id());
        unfinished += job.unfinished();
        queued += job.queued();
        toStart += job.toStart();
        entryBytes += bytes;
        queue.refresh(job);
    }

    List<Lease> lease(Event.Leased leased) {
        var leases = new ArrayList<Lease>();
        for (var grant : leased.grants()) {
            var job = must(grant.job());
            change(job, () -> leases.addAll(job.lease(grant.indices(), grant.attempt(), leased.agent().instance(),
                    leased.number(), leased.at())));
        }
        return leases;
    }

    Lease giveBack(AttemptId attempt) {
        var job = must(attempt.job());
        return change(job, () -> job.requeue(attempt));
    }

    Lease lose(Event.AttemptsLost lost, AttemptId attempt) {
        var job = must(attempt.job());
        return change(job, () -> job.lose(attempt, lost.pastAttempt(attempt)));
    }

    Lease fail(Event.AttemptFailed failed) {
        var attempt = failed.attempt();
        var job = must(attempt.job());
        var past = Attempt.ended(attempt.number(), failed.agent().name(), TaskState.FAILED, failed.run());
        return change(job, () -> job.fail(attempt, past, failed.pause()));
    }

    Lease move(Event.AttemptMoved moved) {
        var attempt = moved.attempt();
        var job = must(attempt.job());
        var past = Attempt.ended(attempt.number(), moved.agent().name(), TaskState.FAILED, moved.run());
        return change(job, () -> job.move(attempt, past));
    }

    /** Another agent is to be avoided by a task. */
    void avoid(TaskId task, UUID agent, boolean isUnable) {
        avoid(task, avoided -> avoided.and(agent, isUnable));
    }

    /** Something succeeded on an agent on which a task had failed. */
    void forgive(TaskId task, UUID agent) {
        avoid(task, avoided -> avoided.forgiving(agent));
    }

    private void avoid(TaskId task, UnaryOperator<Avoided> by) {
        var job = must(task.job());
        var ordinal = job.origin.indices().ordinalOf(task.index());
        change(job, () -> job.avoid(ordinal, by.apply(job.past().avoided(ordinal))));
    }

    Lease finish(Event.Finished finished) {
        var job = must(finished.attempt().job());
        return change(job, () -> job.finish(finished.attempt(), finished.state(), finished.at()));
    }

    /** How many tasks that made final. */
    int cancel(Event.Cancelled cancelled) {
        var job = must(cancelled.job());
        var before = job.unfinished();
        change(job, () -> job.cancel(cancelled.indices(), cancelled.at()));
        return before - job.unfinished();
    }

    void requestEnd(AttemptId attempt, String reason) {
        var job = must(attempt.job());
        change(job, () -> job.requestEnd(lease(attempt), reason));
    }

    void apply(Event.OfTasks event) {
        var job = must(event.job());
        change(job, () -> {
            switch (event) {
                case Event.Held held -> job.hold(held.indices(), held.reason());
                case Event.Released released -> job.letGo(released.indices());
                case Event.Retried retried -> job.retry(retried.indices());
                case Event.BackedOff over -> job.endWaits(over.indices());
            }
        });
    }

    void clock(Event.WaitClocked clocked) {
        waits.clock(new Waits.Place(clocked.job(), clocked.ordinal()), clocked.due());
    }

    List<Lease> restore(Event.JobRestored restored) {
        var job = must(restored.job());
        return change(job, () -> job.restore(restored));
    }

    /** The job that is not kept any more. */
    JobProgress forget(Event.JobForgotten forgotten) {
        var job = must(forgotten.job());
        var finishedAt = job.finishedAt();
        if (finishedAt == null || finishedJobs.remove(new Finish(finishedAt, job.id())) == null) {
            throw new AssertionError("not finished: job " + job.id());
        }
        all.remove(job.id());
        retried.remove(job.id());
        results -= job.results();
        return job;
    }

    private void change(JobProgress job, Runnable change) {
        change(job, () -> {
            change.run();
            return job;
        });
    }

    /** Changes a job, and by the difference all that is counted. */
    private <T> T change(JobProgress job, Supplier<T> change) {
        var queuedBefore = job.queued();
        var toStartBefore = job.toStart();
        var startableBefore = TaskQueue.startable(job) > 0;
        var unfinishedBefore = job.unfinished();
        var resultsBefore = job.results();
        var finishedBefore = job.finishedAt();
        var made = change.get();
        queued += job.queued() - queuedBefore;
        unfinished += job.unfinished() - unfinishedBefore;
        toStart += job.toStart() - toStartBefore;
        results += job.results() - resultsBefore;
        if (startableBefore != TaskQueue.startable(job) > 0 || !job.origin.agents().isEmpty()) {
            queue.refresh(job);
        }
        if (finishedBefore == null && job.finishedAt() != null) {
            close(job, job.finishedAt());
        } else if (finishedBefore != null && job.finishedAt() == null) {
            reopen(job, finishedBefore);
        }
        note(failing, job.id(), job.isFailing());
        note(retried, job.id(), job.isRetried());
        return made;
    }

    private void close(JobProgress job, Instant at) {
        unfinishedJobs.remove(job.id());
        finishedJobs.put(new Finish(at, job.id()), job);
        entryBytes -= job.entryBytes();
    }

    private void reopen(JobProgress job, Instant wasFinishedAt) {
        finishedJobs.remove(new Finish(wasFinishedAt, job.id()));
        unfinishedJobs.add(job.id());
        entryBytes += job.entryBytes();
    }

    private static void note(Set<Long> jobs, long job, boolean belongs) {
        if (belongs) {
            jobs.add(job);
        } else if (!jobs.isEmpty()) {
            jobs.remove(job);
        }
    }

    // ---- snapshots

    void snapshot(List<Event.Durable> events) {
        for (var job : all.values()) {
            if (job.entryBytes() > 0) {
                events.add(new Event.ChunkStored(job.origin.draft(), 1, job.count(), job.entryBytes()));
            }
            events.add(job.origin);
            if (job.changed()) {
                events.add(job.snapshot());
            }
        }
    }
}
