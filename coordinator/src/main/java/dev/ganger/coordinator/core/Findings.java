package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The events and payloads of one decision as they are found, and the positions they take in the done queue. */
final class Findings {
    private static final int RANGES_A_RECORD = 1_000;

    private final State state;
    private final Time time;
    private final List<Event> events = new ArrayList<>();
    private final List<Payload> payloads = new ArrayList<>();
    /** By an event of these, which is not applied yet. */
    private final Map<AttemptId, Attempt> justLost = new HashMap<>();
    private final Set<AttemptId> justReturned = new HashSet<>();
    private long position;

    Findings(State state, Time time) {
        this.state = state;
        this.time = time;
        this.position = state.nextPosition();
    }

    void add(Event event) {
        events.add(event);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    <R> Decision<R> reply(R reply) {
        return new Decision.Accepted<>(events, payloads, reply);
    }

    /** A leased attempt decides its task. */
    void finish(AgentId agent, Lease lease, TaskState outcome, Run run) {
        var attempt = lease.attempt;
        var job = jobOf(attempt);
        var earlier = job.past().pastAttempts(lease.ordinal);
        events.add(new Event.Finished(agent, attempt, outcome, position, time.at()));
        payloads.add(new Payload.Recorded(
                new Result(position, attempt.task(), job.past().round(lease.ordinal), attempt.number(), outcome,
                        agent.name(), run, earlier, time.at()),
                job.past().returned(lease.ordinal)));
        position++;
    }

    /** Attempts go back to the queue unused; those that were to be cancelled are final instead. */
    void giveBack(AgentId agent, Collection<Lease> leases) {
        if (!leases.isEmpty()) {
            events.add(new Event.Returned(agent, attempts(leases)));
            justReturned.addAll(attempts(leases));
            cancelRequested(leases);
        }
    }

    /** Attempts are lost with their agent; those that were to be cancelled are final, and those that were lost too often. */
    void lose(AgentId agent, Collection<Lease> all, String reason) {
        var leases = new ArrayList<Lease>();
        for (var lease : all) {
            if (isLastLoss(lease)) {
                finish(agent, lease, TaskState.FAILED, lastLoss(agent, lease, reason));
            } else {
                leases.add(lease);
            }
        }
        if (!leases.isEmpty()) {
            var running = leases.stream().map(Lease::running).filter(Objects::nonNull).toList();
            var lost = new Event.AttemptsLost(agent, attempts(leases), running, reason, time.at());
            events.add(lost);
            leases.forEach(lease -> justLost.put(lease.attempt, lost.pastAttempt(lease.attempt)));
            cancelRequested(leases);
        }
    }

    private boolean isLastLoss(Lease lease) {
        var job = jobOf(lease.attempt);
        var limit = job.origin.spec().failure().crashLimit();
        return limit > 0 && lease.cancelReason() == null && job.past().crashes(lease.ordinal) + 1 >= limit;
    }

    private Run lastLoss(AgentId agent, Lease lease, String reason) {
        var times = jobOf(lease.attempt).past().crashes(lease.ordinal) + 1;
        var run = Run.unseen(time.at(), new Ending.Lost(times == 1
                ? "lost with its agent %s: %s".formatted(agent.name(), reason)
                : "lost %d times with its agents, the last time with %s: %s".formatted(times, agent.name(), reason)));
        var running = lease.running();
        return running == null ? run : run.begun(running.pid(), running.startedAt());
    }

    private static List<AttemptId> attempts(Collection<Lease> leases) {
        return leases.stream().map(lease -> lease.attempt).toList();
    }

    private void cancelRequested(Collection<Lease> leases) {
        var reasons = new HashMap<Long, String>();
        Map<Long, BitSet> byJob = new HashMap<>();
        for (var lease : leases) {
            var reason = lease.cancelReason();
            if (reason != null) {
                reasons.put(lease.attempt.job(), reason);
                byJob.computeIfAbsent(lease.attempt.job(), _ -> new BitSet()).set(lease.ordinal);
            }
        }
        reasons.keySet().stream().sorted()
                .forEach(job -> cancel(mustJob(job), byJob.getOrDefault(job, new BitSet()), reasons.getOrDefault(job, "")));
    }

    /** Tasks that no agent holds are final. */
    void cancel(JobProgress job, BitSet ordinals, String reason) {
        if (ordinals.isEmpty()) {
            return;
        }
        var indices = job.origin.indices();
        events.add(new Event.Cancelled(job.id(), ranges(indices, ordinals), position, reason, time.at()));
        var untried = new BitSet();
        var round = 0;
        for (var ordinal = ordinals.nextSetBit(0); ordinal >= 0; ordinal = ordinals.nextSetBit(ordinal + 1)) {
            if (round != job.past().round(ordinal) || !job.past().neverTried(ordinal)) {
                recordUntried(job, untried, round, reason);
                untried.clear();
                round = job.past().round(ordinal);
            }
            if (job.past().neverTried(ordinal)) {
                untried.set(ordinal);
            } else {
                payloads.add(cancelledAfterAttempts(job, ordinal, reason));
                position++;
            }
        }
        recordUntried(job, untried, round, reason);
    }

    private void recordUntried(JobProgress job, BitSet ordinals, int round, String reason) {
        var ranges = ranges(job.origin.indices(), ordinals);
        for (var from = 0; from < ranges.size(); from += RANGES_A_RECORD) {
            var part = new Indices(ranges.subList(from, Math.min(ranges.size(), from + RANGES_A_RECORD)));
            payloads.add(new Payload.CancelledRange(position, job.id(), round, part, reason, time.at()));
            position += part.count();
        }
    }

    private Payload.Recorded cancelledAfterAttempts(JobProgress job, int ordinal, String reason) {
        var task = new TaskId(job.id(), job.origin.indices().indexAt(ordinal));
        var attempt = job.lastAttempt(ordinal);
        var earlier = new ArrayList<>(job.past().pastAttempts(ordinal));
        var lost = justLost.get(task.attempt(attempt));
        if (lost != null) {
            earlier.add(lost);
        }
        var returned = job.past().returned(ordinal);
        return new Payload.Recorded(new Result(position, task, job.past().round(ordinal), attempt, TaskState.CANCELLED, "",
                Run.unseen(time.at(), new Ending.Cancelled(reason)), earlier, time.at()),
                justReturned.contains(task.attempt(attempt)) ? AttemptRange.with(returned, attempt) : returned);
    }

    /** Ordinals as ranges of indices, in order. */
    static List<IndexRange> ranges(Indices indices, BitSet ordinals) {
        var found = new ArrayList<IndexRange>();
        var before = 0;
        for (var range : indices.ranges()) {
            var end = before + (int) range.count();
            var from = ordinals.nextSetBit(before);
            while (from >= 0 && from < end) {
                var to = Math.min(end, ordinals.nextClearBit(from));
                found.add(new IndexRange(range.first() + (from - before) * range.step(),
                        range.first() + (to - 1 - before) * range.step(), range.step()));
                from = ordinals.nextSetBit(to);
            }
            before = end;
        }
        return found;
    }

    private JobProgress jobOf(AttemptId attempt) {
        return mustJob(attempt.job());
    }

    private JobProgress mustJob(long id) {
        var job = state.job(id);
        if (job == null) {
            throw new AssertionError("no job " + id);
        }
        return job;
    }
}
