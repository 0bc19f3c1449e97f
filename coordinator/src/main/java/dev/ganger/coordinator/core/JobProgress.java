package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.IndexRange;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One job and the progress of its tasks, by their ordinals: a task that waits or is final costs bits, one that is leased an object, and
 * one that was tried more than once a history.
 */
final class JobProgress {
    /** Rounds other than the first begin with the verb retry. */
    static final int FIRST_ROUND = 1;

    final Event.Submitted origin;
    private final long entryBytes;
    private final Backlog backlog;
    private final Outcomes outcomes = new Outcomes();
    private final Histories histories = new Histories();
    private final Map<Integer, Lease> leases = new HashMap<>();
    private @Nullable Instant finishedAt;

    JobProgress(Event.Submitted origin, long entryBytes) {
        this.origin = origin;
        this.entryBytes = entryBytes;
        this.backlog = new Backlog(origin.indices().count());
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

    int unfinished() {
        return count() - outcomes.count();
    }

    int failedCount() {
        return outcomes.failed();
    }

    int cancelledCount() {
        return outcomes.cancelled();
    }

    int succeededCount() {
        return outcomes.succeeded();
    }

    boolean touched() {
        return !histories.isEmpty() || outcomes.count() > 0;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    List<Lease> leases() {
        return leases.values().stream().sorted(Comparator.comparingInt(lease -> lease.ordinal)).toList();
    }

    int leaseCount() {
        return leases.size();
    }

    Iterable<Lease> eachLease() {
        return leases.values();
    }

    @Nullable
    Lease leaseOf(int ordinal) {
        return leases.get(ordinal);
    }

    boolean isFinished(int ordinal) {
        return outcomes.has(ordinal);
    }

    /** Where a task stands; who looks must tell whether its agent is silent. */
    TaskState stateOf(int ordinal) {
        if (outcomes.has(ordinal)) {
            return outcomes.of(ordinal);
        }
        var lease = leases.get(ordinal);
        return lease == null ? TaskState.QUEUED : lease.isRunning() ? TaskState.RUNNING : TaskState.LEASED;
    }

    /** The first queued task from an ordinal on, or -1. */
    int nextQueued(int from) {
        return backlog.nextReady(from);
    }

    boolean neverTried(int ordinal) {
        return histories.neverTried(ordinal);
    }

    int nextAttempt(int ordinal) {
        return histories.lastAttempt(ordinal) + 1;
    }

    /** The number of the attempt that is leased, or of the last one; 0 if there was none. */
    int lastAttempt(int ordinal) {
        return histories.lastAttempt(ordinal);
    }

    int retriesUsed(int ordinal) {
        return histories.retriesUsed(ordinal);
    }

    List<Attempt> pastAttempts(int ordinal) {
        return histories.pastAttempts(ordinal);
    }

    // ---- changing, by events only

    List<Lease> lease(IndexRange indices, int attempt, UUID instance, long grant, Instant at) {
        var granted = new ArrayList<Lease>();
        for (var index = indices.first(); index <= indices.last(); index += indices.step()) {
            var ordinal = origin.indices().ordinalOf(index);
            var lease = new Lease(new AttemptId(id(), index, attempt), ordinal, instance, grant, at);
            if (leases.put(ordinal, lease) != null || outcomes.has(ordinal) || attempt != nextAttempt(ordinal)) {
                throw new AssertionError("leased what was not queued: " + lease.attempt);
            }
            backlog.remove(ordinal);
            histories.begin(ordinal, attempt);
            granted.add(lease);
        }
        return granted;
    }

    private Lease release(AttemptId attempt) {
        var lease = leases.remove(origin.indices().ordinalOf(attempt.index()));
        if (lease == null || !lease.attempt.equals(attempt)) {
            throw new AssertionError("released what was not leased: " + attempt);
        }
        return lease;
    }

    /** An attempt is given back; the lease it had. */
    Lease requeue(AttemptId attempt) {
        var lease = release(attempt);
        histories.end(lease.ordinal, attempt.number());
        backlog.add(lease.ordinal);
        return lease;
    }

    /** An attempt is over, and its task is tried again; the lease it had. */
    Lease requeueAfter(AttemptId attempt, Attempt past, boolean useRetry) {
        var lease = release(attempt);
        histories.end(lease.ordinal, past, useRetry);
        backlog.add(lease.ordinal);
        return lease;
    }

    /** An attempt decides its task; the lease it had. */
    Lease finish(AttemptId attempt, TaskState state, Instant at) {
        var lease = release(attempt);
        histories.conclude(lease.ordinal);
        markFinal(lease.ordinal, state, at);
        return lease;
    }

    /** Makes tasks final that no agent has. */
    void cancel(List<IndexRange> ranges, Instant at) {
        for (var range : ranges) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                var ordinal = origin.indices().ordinalOf(index);
                backlog.remove(ordinal);
                markFinal(ordinal, TaskState.CANCELLED, at);
            }
        }
    }

    private void markFinal(int ordinal, TaskState state, Instant at) {
        outcomes.add(ordinal, state);
        if (unfinished() == 0) {
            finishedAt = at;
        }
    }

    // ---- snapshots

    Event.JobRestored snapshot() {
        return new Event.JobRestored(id(), histories.fresh(), outcomes.finishedWords(), outcomes.failedWords(),
                outcomes.cancelledWords(), leases().stream().map(Lease::snapshot).toList(),
                histories.snapshot(origin.indices()), histories.untriedWords(), finishedAt);
    }

    /** Takes over a snapshot; the leases in it are given back for the agents to hold. */
    List<Lease> restore(Event.JobRestored saved) {
        outcomes.restore(saved);
        histories.restore(saved, origin.indices());
        finishedAt = saved.finishedAt();
        for (var ordinal = outcomes.next(0); ordinal >= 0; ordinal = outcomes.next(ordinal + 1)) {
            backlog.remove(ordinal);
        }
        return restoreLeases(saved);
    }

    private List<Lease> restoreLeases(Event.JobRestored saved) {
        var held = new ArrayList<Lease>();
        for (var each : saved.leases()) {
            var ordinal = origin.indices().ordinalOf(each.attempt().index());
            var lease = new Lease(each.attempt(), ordinal, each.instance(), 0, each.leasedAt());
            if (each.cancelReason() != null) {
                lease.cancel(each.cancelReason());
            }
            backlog.remove(ordinal);
            histories.begin(ordinal, each.attempt().number());
            leases.put(ordinal, lease);
            held.add(lease);
        }
        return held;
    }
}
