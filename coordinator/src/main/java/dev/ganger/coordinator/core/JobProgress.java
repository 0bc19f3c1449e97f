package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.IndexRange;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One job and the progress of its tasks, by their ordinals: a task that waits or is final costs bits, one that is leased an object, and
 * one that was tried more than once a history.
 */
final class JobProgress {
    final Event.Submitted origin;
    private final long entryBytes;
    private final Waits waits;
    private final Detours detours;
    private final Backlog backlog;
    private final Outcomes outcomes = new Outcomes();
    private final Histories histories = new Histories();
    private final Leases leases = new Leases();
    /** In all rounds. */
    private long results;
    /** Since the last retry. */
    private int failures;
    private @Nullable Instant finishedAt;

    JobProgress(Event.Submitted origin, long entryBytes, Waits waits, Detours detours) {
        this.origin = origin;
        this.entryBytes = entryBytes;
        this.waits = waits;
        this.detours = detours;
        this.backlog = new Backlog(origin.indices().count(), this::changeDetour);
    }

    private void changeDetour(int ordinal, boolean ready) {
        if (ready) {
            detours.add(this, ordinal, histories.avoided(ordinal));
        } else {
            detours.remove(this, ordinal);
        }
    }

    // ---- reading

    long id() {
        return origin.job();
    }

    int count() {
        return origin.indices().count();
    }

    long entryBytes() {
        return entryBytes;
    }

    int queued() {
        return backlog.ready();
    }

    /** Queued ones that any agent may start that the job is for. */
    int queuedAnywhere() {
        return backlog.readyAnywhere();
    }

    int waiting() {
        return backlog.waiting();
    }

    int held() {
        return backlog.held();
    }

    /** Queued, waiting and held ones. */
    int toStart() {
        return backlog.size();
    }

    BitSet tasksToStart() {
        return backlog.tasks();
    }

    int unfinished() {
        return count() - outcomes.count();
    }

    /** Which are final, and how. */
    Outcomes ended() {
        return outcomes;
    }

    /** How many results its tasks had, in all rounds. */
    long results() {
        return results;
    }

    /** Whether more tasks failed than may, and something is still to be ended. */
    boolean isFailing() {
        var most = origin.spec().failure().maxFailures();
        return most != null && failures > most && (toStart() > 0 || leases.goOn());
    }

    boolean isRetried() {
        return results > outcomes.count();
    }

    /** Whether something of it has started or ended. */
    boolean touched() {
        return !histories.isEmpty() || outcomes.count() > 0;
    }

    /** Whether anything has happened to it since it was submitted. */
    boolean changed() {
        return touched() || results > 0 || !backlog.holds().isEmpty();
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    List<Lease> leases() {
        return leases.inOrder();
    }

    int leaseCount() {
        return leases.count();
    }

    Iterable<Lease> eachLease() {
        return leases.each();
    }

    @Nullable
    Lease leaseOf(int ordinal) {
        return leases.of(ordinal);
    }

    boolean isFinished(int ordinal) {
        return outcomes.has(ordinal);
    }

    /** Where a task stands; who looks must tell whether its agent is silent. */
    TaskState stateOf(int ordinal) {
        if (outcomes.has(ordinal)) {
            return outcomes.of(ordinal);
        }
        var lease = leases.of(ordinal);
        return lease == null ? backlog.stateOf(ordinal) : lease.isRunning() ? TaskState.RUNNING : TaskState.LEASED;
    }

    /** The first queued task from an ordinal on, or -1. */
    int nextQueued(int from) {
        return backlog.nextReady(from);
    }

    /** The first queued one that any agent may start that the job is for, from an ordinal on, or -1. */
    int nextQueuedAnywhere(int from) {
        return backlog.nextReadyAnywhere(from);
    }

    /** The first held or waiting one from an ordinal on, or -1. */
    int nextHeldBack(int from) {
        return backlog.nextHeldBack(from);
    }

    /** Also of a task that an agent has. */
    boolean isHeld(int ordinal) {
        return backlog.holds().has(ordinal);
    }

    /** Why a task is held; may be empty. */
    String holdReason(int ordinal) {
        return backlog.holds().reason(ordinal);
    }

    /** What came before for each task. */
    Histories past() {
        return histories;
    }

    int nextAttempt(int ordinal) {
        return histories.lastAttempt(ordinal) + 1;
    }

    /** The number of the attempt that is leased, or of the last one; 0 if there was none. */
    int lastAttempt(int ordinal) {
        return histories.lastAttempt(ordinal);
    }

    // ---- changing, by events only

    List<Lease> lease(IndexRange indices, int attempt, UUID instance, long grant, Instant at) {
        var granted = new ArrayList<Lease>();
        for (var index = indices.first(); index <= indices.last(); index += indices.step()) {
            var ordinal = origin.indices().ordinalOf(index);
            var lease = new Lease(new AttemptId(id(), index, attempt), ordinal, instance, grant, at);
            if (outcomes.has(ordinal) || attempt != nextAttempt(ordinal)) {
                throw new AssertionError("leased what was not queued: " + lease.attempt);
            }
            leases.add(lease);
            backlog.remove(ordinal);
            histories.begin(ordinal, attempt);
            granted.add(lease);
        }
        return granted;
    }

    private Lease release(AttemptId attempt) {
        return leases.remove(attempt, origin.indices().ordinalOf(attempt.index()));
    }

    void requestEnd(Lease lease, String reason) {
        leases.requestEnd(lease, reason);
    }

    /** An attempt is given back; the lease it had. */
    Lease requeue(AttemptId attempt) {
        var lease = release(attempt);
        histories.giveBack(lease.ordinal, attempt.number());
        backlog.add(lease.ordinal);
        return lease;
    }

    /** An attempt is lost, and its task is tried again; the lease it had. */
    Lease lose(AttemptId attempt, Attempt past) {
        var lease = release(attempt);
        histories.lose(lease.ordinal, past);
        backlog.add(lease.ordinal);
        return lease;
    }

    /** An attempt failed, and its task is tried again, after a wait if that is not null; the lease it had. */
    Lease fail(AttemptId attempt, Attempt past, @Nullable Pause wait) {
        var lease = release(attempt);
        histories.fail(lease.ordinal, past, wait);
        backlog.add(lease.ordinal);
        if (wait != null) {
            beginToWait(lease.ordinal, wait);
        }
        return lease;
    }

    /** An attempt failed, and its task goes to another agent; the lease it had. */
    Lease move(AttemptId attempt, Attempt past) {
        var lease = release(attempt);
        histories.move(lease.ordinal, past);
        backlog.add(lease.ordinal);
        return lease;
    }

    /** Where a task should not go has changed. */
    void avoid(int ordinal, Avoided agents) {
        backlog.choose(ordinal, false);
        histories.avoid(ordinal, agents);
        backlog.choose(ordinal, !agents.isEmpty());
    }

    private void beginToWait(int ordinal, Pause wait) {
        backlog.beginToWait(ordinal);
        waits.begin(new Waits.Place(id(), ordinal), wait);
    }

    void endWaits(List<IndexRange> ranges) {
        each(ranges, this::endWait);
    }

    private void endWait(int ordinal) {
        backlog.endWaiting(ordinal);
        histories.endPause(ordinal);
        waits.end(new Waits.Place(id(), ordinal));
    }

    void hold(List<IndexRange> ranges, String reason) {
        each(ranges, ordinal -> backlog.hold(ordinal, reason));
    }

    void letGo(List<IndexRange> ranges) {
        each(ranges, backlog::letGo);
    }

    /** Final tasks begin another round. */
    void retry(List<IndexRange> ranges) {
        each(ranges, ordinal -> {
            outcomes.remove(ordinal);
            histories.nextRound(ordinal, count());
            backlog.add(ordinal);
        });
        failures = 0;
        finishedAt = null;
    }

    private void each(List<IndexRange> ranges, IntConsumer change) {
        for (var range : ranges) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                change.accept(origin.indices().ordinalOf(index));
            }
        }
    }

    /** An attempt decides its task; the lease it had. */
    Lease finish(AttemptId attempt, TaskState state, Instant at) {
        var lease = release(attempt);
        markFinal(lease.ordinal, state, at);
        return lease;
    }

    /** Makes tasks final that no agent has. */
    void cancel(List<IndexRange> ranges, Instant at) {
        each(ranges, ordinal -> {
            if (backlog.waits(ordinal)) {
                endWait(ordinal);
            }
            backlog.remove(ordinal);
            markFinal(ordinal, TaskState.CANCELLED, at);
        });
    }

    private void markFinal(int ordinal, TaskState state, Instant at) {
        backlog.choose(ordinal, false);
        histories.conclude(ordinal);
        outcomes.add(ordinal, state);
        results++;
        failures += state == TaskState.FAILED ? 1 : 0;
        if (isHeld(ordinal)) {
            backlog.letGo(ordinal);
        }
        if (unfinished() == 0) {
            finishedAt = at;
        }
    }

    // ---- snapshots

    Event.JobRestored snapshot() {
        return new Event.JobRestored(id(), histories.fresh(), outcomes.finishedWords(), outcomes.failedWords(),
                outcomes.cancelledWords(), leases().stream().map(Lease::snapshot).toList(),
                histories.snapshot(origin.indices()), finishedAt, new Saved.Rounds(histories.triedWords(),
                        histories.earlierRounds(), backlog.holds().snapshot(), results, failures));
    }

    /** Takes over a snapshot; the leases in it are given back for the agents to hold. */
    List<Lease> restore(Event.JobRestored saved) {
        outcomes.restore(saved);
        histories.restore(saved, origin.indices());
        finishedAt = saved.finishedAt();
        for (var ordinal = outcomes.next(0); ordinal >= 0; ordinal = outcomes.next(ordinal + 1)) {
            backlog.remove(ordinal);
        }
        var held = restoreLeases(saved);
        for (var past : saved.histories()) {
            var ordinal = origin.indices().ordinalOf(past.index());
            backlog.choose(ordinal, !histories.avoided(ordinal).isEmpty());
            if (past.pause() != null) {
                beginToWait(ordinal, past.pause());
            }
        }
        restoreRounds(saved.rounds());
        return held;
    }

    private void restoreRounds(Saved.@Nullable Rounds saved) {
        results = saved == null ? outcomes.count() : saved.results();
        failures = saved == null ? outcomes.failed() : saved.failures();
        for (var hold : saved == null ? List.<Saved.Hold>of() : saved.holds()) {
            Outcomes.bits(hold.tasks()).stream().forEach(ordinal -> backlog.hold(ordinal, hold.reason()));
        }
    }

    private List<Lease> restoreLeases(Event.JobRestored saved) {
        var held = new ArrayList<Lease>();
        for (var each : saved.leases()) {
            var ordinal = origin.indices().ordinalOf(each.attempt().index());
            var lease = new Lease(each.attempt(), ordinal, each.instance(), 0, each.leasedAt());
            backlog.remove(ordinal);
            histories.begin(ordinal, each.attempt().number());
            leases.add(lease);
            if (each.cancelReason() != null) {
                requestEnd(lease, each.cancelReason());
            }
            held.add(lease);
        }
        return held;
    }
}
