package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.CancelCounts;
import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Indices;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what people ask of jobs and of the whole: cancel, close and open, STOP, cursors. */
final class Controls {
    private final State state;
    private final Stranded stranded;

    Controls(State state) {
        this.state = state;
        this.stranded = new Stranded(state);
    }

    Decision<CancelCounts> cancel(Command.Cancel cancel, Time time) {
        var job = state.job(cancel.job());
        if (job == null) {
            return Decision.rejected(Kind.NOT_FOUND,
                    "there is no job %d, or it is no longer kept; 'ganger jobs' lists them".formatted(cancel.job()));
        }
        var chosen = chosen(job, cancel.indices());
        if (chosen == null) {
            return Decision.rejected(Kind.NOT_FOUND,
                    "job %d has no task %s; its tasks are %s".formatted(job.id(), cancel.indices(), job.origin.indices()));
        }
        var found = new Findings(state, time);
        var queued = new BitSet();
        for (var ordinal = job.nextQueued(0); ordinal >= 0; ordinal = job.nextQueued(ordinal + 1)) {
            queued.set(ordinal);
        }
        queued.and(chosen);
        found.cancel(job, queued, cancel.reason());
        var ending = requestEnds(found, job, chosen, cancel.reason());
        return found.reply(new CancelCounts(queued.cardinality(), ending));
    }

    /** Null if the job has none of them. */
    private static @Nullable BitSet chosen(JobProgress job, @Nullable Indices indices) {
        var chosen = new BitSet();
        if (indices == null) {
            chosen.set(0, job.count());
            return chosen;
        }
        for (var ordinal = 0; ordinal < job.count(); ordinal++) {
            chosen.set(ordinal, indices.ordinalOf(job.origin.indices().indexAt(ordinal)) >= 0);
        }
        return chosen.isEmpty() ? null : chosen;
    }

    private int requestEnds(Findings found, JobProgress job, BitSet chosen, String reason) {
        var byAgent = new LinkedHashMap<UUID, List<AttemptId>>();
        for (var lease : job.leases()) {
            if (chosen.get(lease.ordinal) && lease.cancelReason() == null) {
                byAgent.computeIfAbsent(lease.instance, _ -> new ArrayList<>()).add(lease.attempt);
            }
        }
        byAgent.forEach((instance, attempts) -> found
                .add(new Event.CancelRequested(state.fleet().must(instance).id(), attempts, reason)));
        return byAgent.values().stream().mapToInt(List::size).sum();
    }

    Decision<Done> close() {
        return state.open() ? Decision.accepted(Done.DONE, new Event.Closed()) : Decision.accepted(Done.DONE);
    }

    Decision<Done> open() {
        return state.open() ? Decision.accepted(Done.DONE) : Decision.accepted(Done.DONE, new Event.Opened());
    }

    Decision<Done> stop(Command.Stop stop, Time time) {
        var requested = new Event.StopRequested(state.nextJob() - 1, stop.skip(), time.at());
        if (stop.now()) {
            return Decision.accepted(Done.DONE, requested, new Event.StopReleased(agentsToStop(), true, time.at()));
        }
        var obstacle = stop.skip() ? null : stranded.sentence(requested.behind());
        return obstacle == null ? Decision.accepted(Done.DONE, requested) : Decision.rejected(Kind.NOT_NOW, obstacle);
    }

    private List<AgentId> agentsToStop() {
        return state.fleet().all().stream().map(AgentRecord::id).toList();
    }

    Decision<Done> moveCursor(Command.MoveCursor move) {
        if (move.next() < 1 || move.next() > state.nextPosition()) {
            return Decision.rejected(Kind.INVALID, "a cursor goes from 1 to %d, the end of the done queue, not to %d"
                    .formatted(state.nextPosition(), move.next()));
        }
        return move.next() == state.cursor(move.consumer())
                ? Decision.accepted(Done.DONE)
                : Decision.accepted(Done.DONE, new Event.CursorMoved(move.consumer(), move.next()));
    }

    // ---- what happens by itself

    /** STOP goes out when all that was accepted before it is final, or is skipped as it stands now. */
    void releaseStop(Findings found, Time time) {
        var stop = state.stop();
        if (stop != null && stranded.maySend(stop)) {
            found.add(new Event.StopReleased(
                    agentsToStop().stream().filter(agent -> !state.fleet().isStopping(agent)).toList(), false, time.at()));
        }
    }
}
