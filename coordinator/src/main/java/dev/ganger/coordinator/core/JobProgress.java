package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.IndexRange;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One job and the progress of its tasks, in bitmaps over their ordinals: a task that waits or is final costs bits, one that is leased an
 * object, and one that was tried more than once a history.
 */
final class JobProgress {
    /** Rounds other than the first begin with the verb retry. */
    static final int FIRST_ROUND = 1;

    final Event.Submitted origin;
    /** Tasks from this ordinal on were never leased. */
    private int fresh;
    /** Tasks below fresh that wait again. */
    private final BitSet returned = new BitSet();
    private final BitSet finished = new BitSet();
    private final BitSet failed = new BitSet();
    private final BitSet cancelled = new BitSet();
    private final Map<Integer, Lease> leases = new HashMap<>();
    private final Map<Integer, History> histories = new HashMap<>();
    private int queued;
    private int failedCount;
    private int cancelledCount;
    private int finishedCount;
    private @Nullable Instant finishedAt;

    /** The past of a task that was tried more than once, or given back. */
    private static final class History {
        int lastAttempt;
        int retriesUsed;
        final List<Attempt> attempts = new ArrayList<>();
    }

    JobProgress(Event.Submitted origin) {
        this.origin = origin;
        this.queued = origin.indices().count();
    }

    // ---- reading

    long id() {
        return origin.job();
    }

    int count() {
        return origin.indices().count();
    }

    int queued() {
        return queued;
    }

    int unfinished() {
        return count() - finishedCount;
    }

    int failedCount() {
        return failedCount;
    }

    int cancelledCount() {
        return cancelledCount;
    }

    int succeededCount() {
        return finishedCount - failedCount - cancelledCount;
    }

    boolean touched() {
        return fresh > 0 || finishedCount > 0;
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
        return finished.get(ordinal);
    }

    /** Where a task stands; who looks must tell whether its agent is silent. */
    TaskState stateOf(int ordinal) {
        if (finished.get(ordinal)) {
            return failed.get(ordinal) ? TaskState.FAILED : cancelled.get(ordinal) ? TaskState.CANCELLED : TaskState.SUCCEEDED;
        }
        var lease = leases.get(ordinal);
        return lease == null ? TaskState.QUEUED : lease.isRunning() ? TaskState.RUNNING : TaskState.LEASED;
    }

    /** The first queued task from an ordinal on, or -1. */
    int nextQueued(int from) {
        var waiting = returned.nextSetBit(from);
        if (waiting >= 0) {
            return waiting;
        }
        var next = finished.nextClearBit(Math.max(from, fresh));
        return next < count() ? next : -1;
    }

    boolean neverTried(int ordinal) {
        return !histories.containsKey(ordinal);
    }

    int nextAttempt(int ordinal) {
        var history = histories.get(ordinal);
        return history == null ? 1 : history.lastAttempt + 1;
    }

    /** The number of the newest attempt there has been; of a task without history, the first. */
    int lastAttempt(int ordinal) {
        var history = histories.get(ordinal);
        return history == null ? 1 : history.lastAttempt;
    }

    /** The number of the attempt that is leased, or of the last one; 0 if there was none. */
    int newestAttempt(int ordinal) {
        var lease = leases.get(ordinal);
        var history = histories.get(ordinal);
        return lease != null ? lease.attempt.number() : history != null ? history.lastAttempt : finished.get(ordinal) ? 1 : 0;
    }

    int retriesUsed(int ordinal) {
        var history = histories.get(ordinal);
        return history == null ? 0 : history.retriesUsed;
    }

    List<Attempt> pastAttempts(int ordinal) {
        var history = histories.get(ordinal);
        return history == null ? List.of() : List.copyOf(history.attempts);
    }

    // ---- changing, by events only

    List<Lease> lease(IndexRange indices, int attempt, UUID instance, long grant, Instant at) {
        var granted = new ArrayList<Lease>();
        for (var index = indices.first(); index <= indices.last(); index += indices.step()) {
            var ordinal = origin.indices().ordinalOf(index);
            var lease = new Lease(new AttemptId(id(), index, attempt), ordinal, instance, grant, at);
            if (leases.put(ordinal, lease) != null || finished.get(ordinal) || attempt != nextAttempt(ordinal)) {
                throw new AssertionError("leased what was not queued: " + lease.attempt);
            }
            if (ordinal >= fresh) {
                fresh = ordinal + 1;
            } else {
                returned.clear(ordinal);
            }
            queued--;
            granted.add(lease);
        }
        return granted;
    }

    /** Takes a lease away; what becomes of the task is for the caller to say. */
    Lease release(AttemptId attempt) {
        var lease = leases.remove(origin.indices().ordinalOf(attempt.index()));
        if (lease == null || !lease.attempt.equals(attempt)) {
            throw new AssertionError("released what was not leased: " + attempt);
        }
        return lease;
    }

    void requeue(Lease lease) {
        history(lease);
        returned.set(lease.ordinal);
        queued++;
    }

    void requeueAfter(Lease lease, Attempt past, boolean useRetry) {
        var history = history(lease);
        history.attempts.add(past);
        history.retriesUsed += useRetry ? 1 : 0;
        returned.set(lease.ordinal);
        queued++;
    }

    private History history(Lease lease) {
        var history = histories.computeIfAbsent(lease.ordinal, _ -> new History());
        history.lastAttempt = lease.attempt.number();
        return history;
    }

    void finish(int ordinal, int attempt, TaskState state, Instant at) {
        var history = histories.get(ordinal);
        if (history != null) {
            history.lastAttempt = attempt;
            history.attempts.clear();
        }
        markFinal(ordinal, state, at);
    }

    /** Makes queued tasks final. */
    void cancel(List<IndexRange> ranges, Instant at) {
        for (var range : ranges) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                var ordinal = origin.indices().ordinalOf(index);
                returned.clear(ordinal);
                queued--;
                markFinal(ordinal, TaskState.CANCELLED, at);
            }
        }
    }

    private void markFinal(int ordinal, TaskState state, Instant at) {
        if (finished.get(ordinal)) {
            throw new AssertionError("final twice: " + id() + "." + origin.indices().indexAt(ordinal));
        }
        finished.set(ordinal);
        finishedCount++;
        if (state == TaskState.FAILED) {
            failed.set(ordinal);
            failedCount++;
        } else if (state == TaskState.CANCELLED) {
            cancelled.set(ordinal);
            cancelledCount++;
        }
        if (unfinished() == 0) {
            finishedAt = at;
        }
    }

    // ---- snapshots

    Event.JobRestored snapshot() {
        var indices = origin.indices();
        return new Event.JobRestored(id(), fresh, words(finished), words(failed), words(cancelled),
                leases().stream()
                        .map(lease -> new Event.LeaseRestored(lease.attempt, lease.instance, lease.leasedAt,
                                lease.cancelReason()))
                        .toList(),
                histories.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Event.HistoryRestored(indices.indexAt(entry.getKey()), entry.getValue().lastAttempt,
                                entry.getValue().retriesUsed, entry.getValue().attempts))
                        .toList(),
                finishedAt);
    }

    private static List<Long> words(BitSet bits) {
        return LongStream.of(bits.toLongArray()).boxed().toList();
    }

    /** Takes over a snapshot; the leases in it are given back for the agents to hold. */
    List<Lease> restore(Event.JobRestored saved) {
        fresh = saved.fresh();
        set(finished, saved.finished());
        set(failed, saved.failed());
        set(cancelled, saved.cancelled());
        finishedCount = finished.cardinality();
        failedCount = failed.cardinality();
        cancelledCount = cancelled.cardinality();
        finishedAt = saved.finishedAt();
        for (var past : saved.histories()) {
            var history = new History();
            history.lastAttempt = past.lastAttempt();
            history.retriesUsed = past.retriesUsed();
            history.attempts.addAll(past.attempts());
            histories.put(origin.indices().ordinalOf(past.index()), history);
        }
        var held = restoreLeases(saved);
        returned.set(0, fresh);
        returned.andNot(finished);
        leases.keySet().forEach(returned::clear);
        queued = unfinished() - leases.size();
        return held;
    }

    private List<Lease> restoreLeases(Event.JobRestored saved) {
        var held = new ArrayList<Lease>();
        for (var each : saved.leases()) {
            var ordinal = origin.indices().ordinalOf(each.attempt().index());
            var lease = new Lease(each.attempt(), ordinal, each.instance(), 0, each.leasedAt());
            if (each.cancelReason() != null) {
                lease.cancel(each.cancelReason());
            }
            leases.put(ordinal, lease);
            held.add(lease);
        }
        return held;
    }

    private static void set(BitSet bits, List<Long> words) {
        bits.or(BitSet.valueOf(words.stream().mapToLong(Long::longValue).toArray()));
    }
}
