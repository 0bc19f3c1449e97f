package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** A second, plain bookkeeping of what the coordinator said has happened; each entry must follow from the ones before. */
final class Records {
    private final long queueLimit;
    private final LongSupplier now;
    /** Whether clocks on walls are turned. */
    private final boolean clocksJump;
    private long leadSince;
    final TreeMap<Long, JobRecord> jobs = new TreeMap<>();
    private final Map<String, Long> keys = new HashMap<>();
    private final Map<AttemptId, AgentId> leases = new HashMap<>();
    final Set<AttemptId> lost = new HashSet<>();
    final List<Final> results = new ArrayList<>();
    final Map<String, Long> cursors = new HashMap<>();
    final FleetRecord fleet = new FleetRecord();
    final DoubtRecord doubts;
    private final Grants grants = new Grants(this);
    final AccessRecord access = new AccessRecord();
    final Map<UUID, Event.SubmitDeferred> waiters = new LinkedHashMap<>();
    long unfinished;
    boolean open = true;
    Event.@Nullable StopRequested stopBehind;
    /** A STOP that would never arrive was asked for, and did not say so; only one that does not wait may. */
    private boolean unasked;

    /**
     * What a record of the done queue must say.
     *
     * @param early   whether it failed with retries left
     * @param crashes how often it was lost before
     * @param movable whether it could go to another agent if it could not start
     */
    record Final(TaskId task, int round, int attempt, TaskState state, int earlier, boolean early, int crashes,
            boolean movable) {}

    Records(Plan plan, LongSupplier now) {
        this.queueLimit = plan.queueLimit;
        this.now = now;
        this.clocksJump = plan.has(Plan.Fault.CLOCK_JUMPS);
        this.doubts = new DoubtRecord(this, plan, now);
    }

    void apply(Event event) {
        unless(!unasked || event instanceof Event.StopReleased(var _, var now, var _) && now,
                "a STOP that would never arrive is refused", "%s", stopBehind);
        unasked = false;
        doubts.applyBefore(event);
        applyToJobs(event);
        fleet.apply(event);
        doubts.apply(event);
        access.apply(event);
    }

    private void applyToJobs(Event event) {
        switch (event) {
            case Event.Submitted submitted -> submitted(submitted);
            case Event.Leased leased -> leased.grants().forEach(grant -> leased(leased, grant));
            case Event.Returned returned -> returned.attempts().forEach(attempt -> requeue(returned.agent(), attempt));
            case Event.AttemptsLost gone -> gone.attempts().forEach(attempt -> lost(gone.agent(), attempt));
            case Event.AttemptFailed failed -> failed(failed);
            case Event.AttemptMoved moved -> moved(moved);
            case Event.Finished finished -> finished(finished);
            case Event.Cancelled cancelled -> cancelled(cancelled);
            case Event.CancelRequested requested -> requested.attempts()
                    .forEach(attempt -> job(attempt.job()).task(attempt.index()).cancelAsked = true);
            case Event.Held held -> each(held.job(), held.indices(), Records::hold);
            case Event.Released let -> each(let.job(), let.indices(), Records::letGo);
            case Event.Retried retried -> retried(retried);
            case Event.BackedOff over -> each(over.job(), over.indices(), (job, index) -> job.task(index).waits = false);
            case Event.JobForgotten forgotten -> forgotten(forgotten);
            case Event.Closed() -> open = false;
            case Event.Opened() -> open = true;
            case Event.StopRequested requested -> stopRequested(requested);
            case Event.AgentStopReleased released -> unless(
                    leases.values().stream().noneMatch(agent -> agent.instance().equals(released.agent().instance())),
                    "STOP goes to one agent when it holds nothing", "%s", released);
            case Event.Recalled recalled -> recalled(recalled);
            case Event.StopReleased released -> released(released);
            case Event.CursorMoved moved -> cursors.put(moved.consumer(), moved.next());
            case Event.SubmitDeferred deferred -> waiters.put(deferred.submit().draft(), deferred);
            case Event.SubmitRefused refused -> waiters.remove(refused.draft());
            case Event.SubmitMatched matched -> waiters.remove(matched.draft());
            case Event.SubmitWithdrawn withdrawn -> waiters.remove(withdrawn.draft());
            case Event.DraftDropped dropped -> waiters.remove(dropped.draft());
            default -> {
            }
        }
    }

    JobRecord job(long id) {
        var job = jobs.get(id);
        unless(job != null, "an event is about a job that was accepted", "job %d", id);
        return Objects.requireNonNull(job);
    }

    /** How often a task was tried again because it had failed. */
    int retries() {
        return jobs.values().stream().flatMap(job -> job.tasks.values().stream()).mapToInt(task -> task.failures).sum();
    }

    /** What is with no agent and not final. */
    long toStart() {
        return jobs.values().stream().mapToLong(job -> job.queued.size() + job.held() + job.waiting()).sum();
    }

    @Nullable
    AgentId holder(AttemptId attempt) {
        return leases.get(attempt);
    }

    @Nullable
    Long jobOfKey(String key) {
        return keys.get(key);
    }

    boolean wasStopped(AgentId agent) {
        return fleet.wasStopped(agent);
    }

    private void submitted(Event.Submitted submitted) {
        unless(submitted.job() == jobs.size() + 1, "jobs are numbered without a gap", "%d after %d jobs", submitted.job(),
                jobs.size());
        unless(open, "a closed coordinator accepts nothing", "job %d", submitted.job());
        if (!waiters.isEmpty()) {
            unless(waiters.keySet().iterator().next().equals(submitted.draft()), "submits that wait are served in order",
                    "%s before %s", submitted.draft(), waiters.keySet());
            waiters.remove(submitted.draft());
        }
        if (!submitted.key().isEmpty()) {
            var known = keys.put(submitted.key(), submitted.job());
            unless(known == null, "a key makes one job", "'%s' made %s and %d", submitted.key(), known, submitted.job());
        }
        fleet.mayHaveATaskEach(submitted.agents());
        var job = new JobRecord(submitted);
        jobs.put(submitted.job(), job);
        unfinished += job.unfinished;
        unless(unfinished <= queueLimit, "the queue keeps its bound", "%d of %d", unfinished, queueLimit);
    }

    private void each(long id, List<IndexRange> ranges, BiConsumer<JobRecord, Long> change) {
        var job = job(id);
        for (var range : ranges) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                change.accept(job, index);
                job.refresh(index);
            }
        }
    }

    private static void hold(JobRecord job, long index) {
        var task = job.task(index);
        unless(task.outcome == null && !task.held, "only what is not final is held, once", "%d.%d", job.origin.job(), index);
        task.held = true;
    }

    private static void letGo(JobRecord job, long index) {
        var task = job.task(index);
        unless(task.held, "only what is held is released", "%d.%d", job.origin.job(), index);
        task.held = false;
    }

    private void retried(Event.Retried retried) {
        var job = job(retried.job());
        unless(!job.forgotten, "only what is kept is retried", "%s", retried);
        each(retried.job(), retried.indices(), (_, index) -> {
            var task = job.task(index);
            var outcome = task.outcome;
            unless(outcome != null, "only what is final begins a round", "%d.%d", job.origin.job(), index);
            job.count(Objects.requireNonNull(outcome), -1);
            job.unfinished++;
            unfinished++;
            task.retry();
        });
        job.failures = 0;
        job.finishedAt = null;
        unless(unfinished <= queueLimit, "the queue keeps its bound", "%d of %d", unfinished, queueLimit);
    }

    private void leased(Event.Leased leased, Event.Grant grant) {
        var job = job(grant.job());
        var range = grant.indices();
        for (var index = range.first(); index <= range.last(); index += range.step()) {
            var attempt = new AttemptId(grant.job(), index, grant.attempt());
            grants.check(leased, job, attempt);
            var task = job.task(index);
            task.lastAttempt = attempt.number();
            task.leased = true;
            task.tried = true;
            job.refresh(index);
            leases.put(attempt, leased.agent());
        }
        grants.mayRunSoMany(job, leases.keySet());
    }

    /** Only an agent that gets nothing more is asked for what nobody else may run. */
    private void recalled(Event.Recalled event) {
        for (var attempt : event.attempts()) {
            var job = job(attempt.job());
            unless(job.agentOf(job.ordinal(attempt.index())).isEmpty() && !job.task(attempt.index()).isChoosy()
                    || !fleet.takesTasks(event.agent()) || doubts.isQuarantined(event.agent()) || job.task(attempt.index()).held,
                    "what only some agents may run is not called back for others", "%s", event);
        }
    }

    /** A coordinator took the lead. */
    void recovered() {
        leadSince = now.getAsLong();
        doubts.recovered();
    }

    /** Its clock on the wall bounds a wait only over a restart. */
    boolean hasWaited(JobRecord.TaskRecord task) {
        return now.getAsLong() >= task.failedAt + task.backoffMillis || clocksJump && leadSince >= task.failedAt;
    }

    private JobRecord.TaskRecord release(AgentId agent, AttemptId attempt) {
        var holder = leases.remove(attempt);
        unless(holder != null && holder.instance().equals(agent.instance()), "only the newest attempt counts",
                "%s of %s was leased by %s", attempt, agent, holder);
        var task = job(attempt.job()).task(attempt.index());
        task.leased = false;
        return task;
    }

    private void requeue(AgentId agent, AttemptId attempt) {
        release(agent, attempt);
        job(attempt.job()).refresh(attempt.index());
    }

    private void lost(AgentId agent, AttemptId attempt) {
        requeue(agent, attempt);
        var task = job(attempt.job()).task(attempt.index());
        task.past++;
        task.crashes++;
        var limit = job(attempt.job()).origin.spec().failure().crashLimit();
        unless(limit == 0 || task.crashes < limit || task.cancelAsked, "what was lost too often has failed",
                "%s is loss %d of %d",
                attempt, task.crashes, limit);
        lost.add(attempt);
    }

    private void failed(Event.AttemptFailed failed) {
        var job = job(failed.attempt().job());
        var task = job.task(failed.attempt().index());
        var policy = job.origin.spec().failure();
        task.past++;
        task.failures++;
        unless(task.failures <= policy.retries(), "a task has as many retries as it was given",
                "%s is failure %d of %d", failed.attempt(), task.failures, policy.retries());
        unless(!(failed.run().ending() instanceof Ending.CannotStart) || !doubts.mayMove(task, failed.agent()),
                "a start that failed is moved while there is another agent", "%s", failed);
        unless(!doubts.mayMoveTry(task, failed.agent(), failed.attempt()),
                "a try that failed is moved while there is another agent",
                "%s", failed);
        unless(isRetried(policy, failed.run().ending()), "only the codes that were named are tried again", "%s", failed);
        var backoff = policy.backoff();
        var notBefore = backoff == null ? null : failed.at().plus(backoff.before(task.failures));
        unless(Objects.equals(notBefore, failed.notBefore()), "a back-off doubles", "%s, expected %s", failed, notBefore);
        task.waits = notBefore != null;
        task.failedAt = clocksJump ? now.getAsLong() : Agenda.millisAt(failed.at());
        task.backoffMillis = backoff == null ? 0 : backoff.before(task.failures).toMillis();
        requeue(failed.agent(), failed.attempt());
    }

    private void moved(Event.AttemptMoved moved) {
        var task = job(moved.attempt().job()).task(moved.attempt().index());
        unless(!task.cancelAsked, "what was cancelled is not tried again", "%s", moved);
        doubts.mayMove(moved, task);
        task.past++;
        task.moves++;
        requeue(moved.agent(), moved.attempt());
    }

    /** Whether the codes that were named have this one; said anew here, of what the simulation's processes do. */
    static boolean isRetried(FailurePolicy policy, Ending ending) {
        var code = switch (ending) {
            case Ending.Exited(var own) -> own;
            case Ending.Signaled(var signal) -> 128 + signal;
            case Ending.TimedOut() -> 124;
            default -> 127;
        };
        return policy.retryOn().isEmpty() || policy.retryOn().stream().anyMatch(range -> range.contains(code));
    }

    private void finished(Event.Finished finished) {
        var attempt = finished.attempt();
        var job = job(attempt.job());
        var task = release(finished.agent(), attempt);
        var policy = job.origin.spec().failure();
        var failed = finished.state() == TaskState.FAILED;
        unless(finished.state() != TaskState.CANCELLED || task.cancelAsked, "only what was cancelled ends cancelled", "%s",
                attempt);
        if (failed && policy.crashLimit() > 0 && task.crashes + 1 >= policy.crashLimit()) {
            lost.add(attempt);
        } else {
            unless(!failed || !doubts.mayMoveTry(task, finished.agent(), attempt),
                    "a try that failed is moved while there is another agent", "%s", finished);
        }
        makeFinal(job, new Final(attempt.task(), task.round, attempt.number(), finished.state(), task.past,
                failed && !task.cancelAsked && task.failures < policy.retries(), task.crashes,
                failed && !task.cancelAsked && doubts.mayMove(task, finished.agent())), finished.position(),
                finished.at());
    }

    private void cancelled(Event.Cancelled cancelled) {
        var job = job(cancelled.job());
        var position = cancelled.position();
        for (var range : cancelled.indices()) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                var task = job.task(index);
                unless(task.isIdle(), "a task has one result a round", "%s.%d is cancelled and was not queued",
                        job.origin.job(), index);
                makeFinal(job, new Final(new TaskId(job.origin.job(), index), task.round, task.tried ? task.lastAttempt : 0,
                        TaskState.CANCELLED, task.past, false, task.crashes, false), position++, cancelled.at());
            }
        }
    }

    private void makeFinal(JobRecord job, Final result, long position, Instant at) {
        unless(position == results.size() + 1, "positions of the done queue have no gaps", "%d after %d results", position,
                results.size());
        results.add(result);
        var task = job.task(result.task().index());
        unless(task.outcome == null, "a task has one result a round", "%s", result);
        task.outcome = result.state();
        task.held = false;
        task.waits = false;
        job.refresh(result.task().index());
        unfinished--;
        job.unfinished--;
        job.finishedAt = job.unfinished == 0 ? at : null;
        job.failures += result.state() == TaskState.FAILED ? 1 : 0;
        job.count(result.state(), 1);
    }

    private void forgotten(Event.JobForgotten event) {
        var job = job(event.job());
        unless(job.unfinished == 0 && !job.forgotten, "only a finished job is forgotten, once", "%s", event);
        job.forgotten = true;
    }

    /** Results that can be read. */
    List<Final> keptResults(int from) {
        return results.subList(from, results.size()).stream().filter(result -> !job(result.task().job()).forgotten).toList();
    }

    private void stopRequested(Event.StopRequested requested) {
        stopBehind = requested;
        unasked = !requested.skip()
                && jobs.headMap(requested.behind(), true).values().stream().anyMatch(job -> stranded(job) > 0);
    }

    /** Tasks that nothing would start. */
    private long stranded(JobRecord job) {
        return job.stranded(fleet::isAway);
    }

    private void released(Event.StopReleased released) {
        var stop = stopBehind;
        if (!released.now() && stop != null) {
            for (var job : jobs.headMap(stop.behind(), true).values()) {
                unless(job.unfinished == (stop.skip() ? stranded(job) : 0), "STOP waits for all that was accepted before",
                        "%d tasks of job %d", job.unfinished, job.origin.job());
            }
        }
        stopBehind = null;
    }
}
