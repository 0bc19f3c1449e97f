package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.CancelCounts;
import dev.ganger.coordinator.core.Command.HoldCounts;
import dev.ganger.coordinator.core.Command.LetGo;
import dev.ganger.coordinator.core.Command.Reopened;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Indices;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides what people ask of tasks: cancel, hold, release, retry; and that a job with too many failures ends. */
final class TaskControls {
    private final State state;
    private final Settings settings;

    TaskControls(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    Decision<CancelCounts> cancel(Command.Cancel cancel, Time time) {
        return with(cancel.tasks(), time, (job, chosen) -> {
            var found = new Findings(state, time);
            return found.reply(end(found, job, chosen, cancel.reason()));
        });
    }

    /** What no agent has is cancelled, what one has is to be ended. */
    private CancelCounts end(Findings found, JobProgress job, BitSet chosen, String reason) {
        var idle = job.tasksToStart();
        idle.and(chosen);
        found.cancel(job, idle, reason);
        return new CancelCounts(idle.cardinality(), requestEnds(found, job, chosen, reason));
    }

    private int requestEnds(Findings found, JobProgress job, BitSet chosen, String reason) {
        var byAgent = byAgent(job, lease -> chosen.get(lease.ordinal) && lease.cancelReason() == null);
        byAgent.forEach((agent, attempts) -> found.add(new Event.CancelRequested(agent, attempts, reason)));
        return byAgent.values().stream().mapToInt(List::size).sum();
    }

    private Map<AgentId, List<AttemptId>> byAgent(JobProgress job, Predicate<Lease> wanted) {
        var byAgent = new LinkedHashMap<AgentId, List<AttemptId>>();
        for (var lease : job.leases()) {
            if (wanted.test(lease)) {
                byAgent.computeIfAbsent(state.fleet().must(lease.instance).id(), _ -> new ArrayList<>()).add(lease.attempt);
            }
        }
        return byAgent;
    }

    Decision<HoldCounts> hold(Command.Hold hold, Time time) {
        return with(hold.tasks(), time, (job, chosen) -> {
            var news = new BitSet();
            var waiting = 0;
            var running = 0;
            for (var ordinal = chosen.nextSetBit(0); ordinal >= 0; ordinal = chosen.nextSetBit(ordinal + 1)) {
                if (job.isFinished(ordinal)) {
                    continue;
                }
                var leased = job.leaseOf(ordinal) != null;
                running += leased ? 1 : 0;
                if (!job.isHeld(ordinal)) {
                    news.set(ordinal);
                    waiting += leased ? 0 : 1;
                }
            }
            return held(job, news, hold.reason(), new HoldCounts(waiting, running), time);
        });
    }

    /** What an agent has and has not started is called back. */
    private Decision<HoldCounts> held(JobProgress job, BitSet news, String reason, HoldCounts counts, Time time) {
        var found = new Findings(state, time);
        if (!news.isEmpty()) {
            found.add(new Event.Held(job.id(), Findings.ranges(job.origin.indices(), news), reason, time.at()));
            byAgent(job, lease -> news.get(lease.ordinal) && lease.recallable())
                    .forEach((agent, attempts) -> found.add(new Event.Recalled(agent, attempts)));
        }
        return found.reply(counts);
    }

    Decision<LetGo> release(Command.Release release, Time time) {
        return with(release.tasks(), time, (job, chosen) -> {
            var held = new BitSet();
            for (var ordinal = chosen.nextSetBit(0); ordinal >= 0; ordinal = chosen.nextSetBit(ordinal + 1)) {
                held.set(ordinal, job.isHeld(ordinal));
            }
            var reply = new LetGo(held.cardinality());
            return held.isEmpty()
                    ? Decision.accepted(reply)
                    : Decision.accepted(reply,
                            new Event.Released(job.id(), Findings.ranges(job.origin.indices(), held), time.at()));
        });
    }

    Decision<Reopened> retry(Command.Retry retry, Time time) {
        for (var each : retry.tasks().states()) {
            if (!each.isFinal()) {
                return Decision.rejected(Kind.INVALID,
                        "only finished tasks can be retried, and %s is no state of those; say succeeded, failed or cancelled"
                                .formatted(each.name().toLowerCase(Locale.ROOT)));
            }
        }
        return with(retry.tasks(), time, (job, chosen) -> {
            for (var ordinal = chosen.nextSetBit(0); ordinal >= 0; ordinal = chosen.nextSetBit(ordinal + 1)) {
                var was = job.stateOf(ordinal);
                chosen.set(ordinal, was.isFinal() && (was != TaskState.SUCCEEDED || retry.tasks().states().contains(was)));
            }
            return reopen(job, chosen, retry.reason(), time);
        });
    }

    private Decision<Reopened> reopen(JobProgress job, BitSet tasks, String reason, Time time) {
        var count = tasks.cardinality();
        if (count == 0) {
            return Decision.accepted(new Reopened(0));
        }
        if (state.unfinished() + count > settings.queueLimit()) {
            return Decision.rejected(Kind.FULL,
                    "the queue is full: %d of %d tasks are not finished, and %d would come back; wait for room, or retry fewer"
                            .formatted(state.unfinished(), settings.queueLimit(), count));
        }
        if (job.unfinished() == 0 && state.storedBytes() + job.entryBytes() > settings.queueBytes()) {
            return Decision.rejected(Kind.FULL,
                    "the queue is full: its entries may have %d bytes, and the %d of job %d would come back; wait for jobs to finish"
                            .formatted(settings.queueBytes(), job.entryBytes(), job.id()));
        }
        return Decision.accepted(new Reopened(count),
                new Event.Retried(job.id(), Findings.ranges(job.origin.indices(), tasks), reason, time.at()));
    }

    private <R> Decision<R> with(Selection selection, Time time, BiFunction<JobProgress, BitSet, Decision<R>> decide) {
        var job = state.job(selection.job());
        if (job == null) {
            return Decision.rejected(Kind.NOT_FOUND,
                    "there is no job %d, or it is no longer kept; 'ganger jobs' lists them".formatted(selection.job()));
        }
        var chosen = named(job, selection.indices());
        if (chosen.isEmpty()) {
            return Decision.rejected(Kind.NOT_FOUND,
                    "job %d has no task %s; its tasks are %s".formatted(job.id(), selection.indices(), job.origin.indices()));
        }
        if (!selection.states().isEmpty()) {
            for (var ordinal = chosen.nextSetBit(0); ordinal >= 0; ordinal = chosen.nextSetBit(ordinal + 1)) {
                chosen.set(ordinal, selection.wants(stateOf(job, ordinal, time)));
            }
        }
        return decide.apply(job, chosen);
    }

    private TaskState stateOf(JobProgress job, int ordinal, Time time) {
        var lease = job.leaseOf(ordinal);
        var silent = lease != null
                && state.fleet().must(lease.instance).silentFor(time.now()) > settings.unknownAfterMillis();
        return silent ? TaskState.UNKNOWN : job.stateOf(ordinal);
    }

    /** The ordinals of those of the indices that the job has; costs as much as the fewer of them are. */
    private static BitSet named(JobProgress job, @Nullable Indices indices) {
        var named = new BitSet();
        var own = job.origin.indices();
        if (indices == null) {
            named.set(0, job.count());
        } else if (indices.count() > job.count()) {
            for (var ordinal = 0; ordinal < job.count(); ordinal++) {
                named.set(ordinal, indices.ordinalOf(own.indexAt(ordinal)) >= 0);
            }
        } else {
            for (var range : indices.ranges()) {
                for (var index = range.first(); index <= range.last(); index += range.step()) {
                    var ordinal = own.ordinalOf(index);
                    if (ordinal >= 0) {
                        named.set(ordinal);
                    }
                }
            }
        }
        return named;
    }

    // ---- what happens by itself

    /** A job of which more tasks failed than may. */
    void endFailing(Findings found, Time time) {
        for (var id : state.jobs().failing()) {
            var job = state.jobs().must(id);
            var most = job.origin.spec().failure().maxFailures();
            var all = new BitSet();
            all.set(0, job.count());
            end(found, job, all, "more than %d %s failed".formatted(most, most != null && most == 1 ? "task" : "tasks"));
            return;
        }
    }
}
