package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that the coordinator knows. {@link #apply} is the only way in; replay after a restart uses the same. */
public final class State {
    private final NavigableMap<Long, JobProgress> jobs = new TreeMap<>();
    private final NavigableSet<Long> unfinishedJobs = new TreeSet<>();
    private final NavigableMap<Finish, JobProgress> finishedJobs = new TreeMap<>();
    private final Keys keys = new Keys();
    private final Map<Long, Long> entryBytes = new HashMap<>();
    private final NavigableMap<String, Long> cursors = new TreeMap<>();
    private final TaskQueue queue = new TaskQueue();
    private final Drafts drafts = new Drafts();
    private final Fleet fleet = new Fleet();
    private long nextJob = 1;
    private long nextPosition = 1;
    private long unfinished;
    private long queued;
    private long results;
    private long storedBytes;
    private boolean open = true;
    private Event.@Nullable StopRequested stop;

    /** When a job was finished; jobs leave in this order. */
    private record Finish(Instant at, long job) implements Comparable<Finish> {
        @Override
        public int compareTo(Finish other) {
            return Comparator.comparing(Finish::at).thenComparingLong(Finish::job).compare(this, other);
        }
    }

    // ---- reading: for deciders and views

    @Nullable
    JobProgress job(long id) {
        return jobs.get(id);
    }

    NavigableMap<Long, JobProgress> jobs() {
        return jobs;
    }

    Keys keys() {
        return keys;
    }

    /** The job that finished first; null if none has. */
    @Nullable
    JobProgress oldestFinished() {
        return finishedJobs.isEmpty() ? null : finishedJobs.firstEntry().getValue();
    }

    /** Results that are kept. */
    long results() {
        return results;
    }

    TaskQueue queue() {
        return queue;
    }

    Drafts drafts() {
        return drafts;
    }

    Fleet fleet() {
        return fleet;
    }

    long nextJob() {
        return nextJob;
    }

    long nextPosition() {
        return nextPosition;
    }

    /** Tasks that are not final: what the queue's limit bounds. */
    long unfinished() {
        return unfinished;
    }

    /** Tasks that wait to start. */
    long queued() {
        return queued;
    }

    /** Bytes of entries of drafts and of jobs that are not finished. */
    long storedBytes() {
        return storedBytes + drafts.bytes();
    }

    boolean open() {
        return open;
    }

    Event.@Nullable StopRequested stop() {
        return stop;
    }

    /** Jobs up to this one that have tasks which are not final. */
    NavigableSet<Long> unfinishedJobs(long upTo) {
        return unfinishedJobs.headSet(upTo, true);
    }

    /** Where a consumer reads next. */
    public long cursor(String consumer) {
        return cursors.getOrDefault(consumer, 1L);
    }

    // ---- changing

    /** The only mutator; failing is a bug. */
    public void apply(Event event) {
        switch (event) {
            case Event.ChunkStored stored -> drafts.store(stored);
            case Event.DraftDropped dropped -> drafts.remove(dropped.draft());
            case Event.Submitted submitted -> submit(submitted);
            case Event.AgentJoined joined -> fleet.join(joined);
            case Event.AgentLeft left -> fleet.leave(left.agent());
            case Event.AgentLost lost -> fleet.lose(lost.agent());
            case Event.Leased leased -> lease(leased);
            case Event.Returned returned -> returned.attempts().forEach(this::giveBack);
            case Event.AttemptsLost lost -> lost.attempts().forEach(attempt -> lose(lost, attempt));
            case Event.AttemptFailed failed -> fail(failed);
            case Event.Finished finished -> finish(finished);
            case Event.LateReported _ -> {
            }
            case Event.Cancelled cancelled -> cancel(cancelled);
            case Event.CancelRequested requested -> requested.attempts()
                    .forEach(attempt -> held(attempt).cancel(requested.reason()));
            case Event.Closed() -> open = false;
            case Event.Opened() -> open = true;
            case Event.StopRequested requested -> stop = requested;
            case Event.StopReleased released -> releaseStop(released);
            case Event.JobForgotten forgotten -> forget(forgotten);
            case Event.KeyDropped dropped -> keys.drop(dropped);
            case Event.KeyKept kept -> keys.keep(kept);
            case Event.CursorMoved moved -> cursors.put(moved.consumer(), moved.next());
            case Event.CountersRestored restored -> restoreCounters(restored);
            case Event.JobRestored restored -> restoreJob(restored);
            case Event.Transient passing -> applyTransient(passing);
        }
    }

    private void applyTransient(Event.Transient event) {
        switch (event) {
            case Event.AgentAttached attached -> agent(attached.agent()).attach(attached.session());
            case Event.AgentDetached detached -> agent(detached.agent()).detach();
            case Event.AgentSeen seen -> agent(seen.agent()).seen(seen.sequence(), seen.now(), seen.at());
            case Event.RoomStated room -> agent(room.agent()).stateRoom(room.processed(), room.free(), room.ahead());
            case Event.AttemptsStarted started -> started.started()
                    .forEach(each -> held(each.attempt()).started(each.pid(), each.startedAt()));
            case Event.Superseded _ -> {
            }
            case Event.Recalled recalled -> recalled.attempts().forEach(attempt -> held(attempt).recall());
            case Event.DraftTouched touched -> drafts.touch(touched.draft(), touched.now());
            case Event.SubmitDeferred deferred -> drafts.defer(deferred);
            case Event.SubmitRefused refused -> drafts.stopWaiting(refused.draft());
            case Event.SubmitMatched matched -> drafts.stopWaiting(matched.draft());
            case Event.SubmitWithdrawn withdrawn -> drafts.stopWaiting(withdrawn.draft());
        }
    }

    private void submit(Event.Submitted submitted) {
        var job = new JobProgress(submitted);
        jobs.put(submitted.job(), job);
        unfinishedJobs.add(submitted.job());
        keys.take(submitted);
        keepBytes(submitted.job(), drafts.remove(submitted.draft()).bytes());
        nextJob = Math.max(nextJob, submitted.job() + 1);
        unfinished += job.count();
        queued += job.count();
        queue.refresh(job);
    }

    private void keepBytes(long job, long bytes) {
        if (bytes > 0) {
            entryBytes.put(job, bytes);
            storedBytes += bytes;
        }
    }

    private void lease(Event.Leased leased) {
        var agent = agent(leased.agent());
        var tasks = 0;
        for (var grant : leased.grants()) {
            var job = mustJob(grant.job());
            var leases = job.lease(grant.indices(), grant.attempt(), leased.agent().instance(), leased.number(), leased.at());
            leases.forEach(agent::hold);
            tasks += leases.size();
            queue.refresh(job);
        }
        queued -= tasks;
        agent.grant(leased.number(), tasks);
    }

    private Lease release(AttemptId attempt) {
        var job = job(attempt);
        var lease = job.release(attempt);
        fleet.must(lease.instance).drop(lease);
        return lease;
    }

    private void giveBack(AttemptId attempt) {
        job(attempt).requeue(release(attempt));
        requeued(job(attempt));
    }

    private void lose(Event.AttemptsLost lost, AttemptId attempt) {
        job(attempt).requeueAfter(release(attempt), lost.pastAttempt(attempt), false);
        requeued(job(attempt));
    }

    private void fail(Event.AttemptFailed failed) {
        var attempt = failed.attempt();
        job(attempt).requeueAfter(release(attempt),
                Attempt.ended(attempt.number(), failed.agent().name(), TaskState.FAILED, failed.run()), true);
        requeued(job(attempt));
    }

    private void requeued(JobProgress job) {
        queued++;
        queue.refresh(job);
    }

    private void finish(Event.Finished finished) {
        var attempt = finished.attempt();
        var job = job(attempt);
        var lease = release(attempt);
        job.finish(lease.ordinal, attempt.number(), finished.state(), finished.at());
        nextPosition = finished.position() + 1;
        afterFinal(job, 1);
    }

    private void cancel(Event.Cancelled cancelled) {
        var job = mustJob(cancelled.job());
        var before = job.unfinished();
        job.cancel(cancelled.indices(), cancelled.at());
        var count = before - job.unfinished();
        queued -= count;
        queue.refresh(job);
        nextPosition = cancelled.position() + count;
        afterFinal(job, count);
    }

    private void afterFinal(JobProgress job, int count) {
        unfinished -= count;
        results += count;
        var finishedAt = job.finishedAt();
        if (finishedAt != null) {
            unfinishedJobs.remove(job.id());
            finishedJobs.put(new Finish(finishedAt, job.id()), job);
            var bytes = entryBytes.remove(job.id());
            storedBytes -= bytes == null ? 0 : bytes;
        }
    }

    private void forget(Event.JobForgotten forgotten) {
        var job = mustJob(forgotten.job());
        var finishedAt = job.finishedAt();
        if (finishedAt == null || finishedJobs.remove(new Finish(finishedAt, job.id())) == null) {
            throw new AssertionError("not finished: job " + job.id());
        }
        jobs.remove(job.id());
        results -= job.count();
        keys.outlive(job.origin, forgotten.at());
    }

    private void releaseStop(Event.StopReleased released) {
        stop = null;
        fleet.release(released);
    }

    private AgentRecord agent(AgentId id) {
        return fleet.must(id.instance());
    }

    private JobProgress mustJob(long id) {
        var job = jobs.get(id);
        if (job == null) {
            throw new AssertionError("no job " + id);
        }
        return job;
    }

    private JobProgress job(AttemptId attempt) {
        return mustJob(attempt.job());
    }

    private Lease held(AttemptId attempt) {
        var lease = job(attempt).leaseOf(job(attempt).origin.indices().ordinalOf(attempt.index()));
        if (lease == null || !lease.attempt.equals(attempt)) {
            throw new AssertionError("not leased: " + attempt);
        }
        return lease;
    }

    // ---- snapshots

    /** The durable part as a short list of events: applied to an empty state they give this one. */
    public List<Event.Durable> snapshot() {
        var events = new ArrayList<Event.Durable>();
        events.add(new Event.CountersRestored(nextJob, nextPosition));
        fleet.snapshot(events);
        for (var job : jobs.values()) {
            var bytes = entryBytes.get(job.id());
            if (bytes != null) {
                events.add(new Event.ChunkStored(job.origin.draft(), 1, job.count(), bytes));
            }
            events.add(job.origin);
            if (job.touched()) {
                events.add(job.snapshot());
            }
        }
        drafts.open().entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder())).forEach(
                each -> events.add(new Event.ChunkStored(each.getKey(), each.getValue().chunks(),
                        (int) each.getValue().entries(), each.getValue().bytes())));
        events.addAll(keys.past());
        cursors.forEach((consumer, next) -> events.add(new Event.CursorMoved(consumer, next)));
        if (!open) {
            events.add(new Event.Closed());
        }
        if (stop != null) {
            events.add(stop);
        }
        return events;
    }

    private void restoreCounters(Event.CountersRestored restored) {
        nextJob = restored.nextJob();
        nextPosition = restored.nextPosition();
    }

    private void restoreJob(Event.JobRestored restored) {
        var job = mustJob(restored.job());
        var queuedBefore = job.queued();
        var unfinishedBefore = job.unfinished();
        job.restore(restored).forEach(lease -> fleet.must(lease.instance).hold(lease));
        queued += job.queued() - queuedBefore;
        afterFinal(job, unfinishedBefore - job.unfinished());
        queue.refresh(job);
    }
}
