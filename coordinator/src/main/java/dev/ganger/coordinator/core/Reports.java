package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Recorded;
import dev.ganger.model.AgentId;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a report of an agent means: only the newest attempt counts, and only from the agent that has its lease. */
final class Reports {
    private final State state;

    private final Quarantines quarantines;

    Reports(State state, Quarantines quarantines) {
        this.state = state;
        this.quarantines = quarantines;
    }

    Decision<Recorded> report(Command.Report report, Time time) {
        var found = new Findings(state, time);
        var settled = new LinkedHashSet<AttemptId>();
        var started = report.started().stream().filter(each -> leaseOf(report, each.attempt()) != null).toList();
        if (!started.isEmpty()) {
            found.add(new Event.AttemptsStarted(report.agent(), started));
        }
        for (var ended : report.ended()) {
            if (settled.add(ended.attempt())) {
                ended(found, report, ended, time);
            }
        }
        var returned = new ArrayList<Lease>();
        for (var attempt : report.returned()) {
            var lease = leaseOf(report, attempt);
            if (settled.add(attempt) && lease != null) {
                returned.add(lease);
            }
        }
        found.giveBack(report.agent(), returned);
        return found.reply(new Recorded(List.copyOf(settled)));
    }

    /** The lease if this agent has it for this very attempt. */
    private @Nullable Lease leaseOf(Command.Report report, AttemptId attempt) {
        var agent = state.fleet().of(report.agent().instance());
        return agent == null ? null : agent.lease(attempt);
    }

    private void ended(Findings found, Command.Report report, Command.Ended ended, Time time) {
        var lease = leaseOf(report, ended.attempt());
        if (lease == null) {
            late(found, report, ended, time);
            return;
        }
        var ending = ended.run().ending();
        switch (ending) {
            case Ending.Lost(var reason) -> found.lose(report.agent(), List.of(lease), reason);
            case Ending.Cancelled(_) ->
                found.finish(report.agent(), lease, TaskState.CANCELLED, withReason(ended, lease.cancelReason()));
            case Ending.Exited _,Ending.Signaled _,Ending.TimedOut _,Ending.CannotStart _ ->
                judge(found, report.agent(), lease, ended.run(), time);
        }
    }

    private void judge(Findings found, AgentId agent, Lease lease, Run run, Time time) {
        quarantines.hear(found, agent, lease, run.ending(), time);
        if (run.ending().succeeded()) {
            found.finish(agent, lease, TaskState.SUCCEEDED, run);
        } else if (moves(agent, lease, run.ending())) {
            found.add(new Event.AttemptMoved(agent, lease.attempt, run.withoutOutput(), time.at()));
        } else if (retries(lease, run.ending())) {
            found.add(new Event.AttemptFailed(agent, lease.attempt, run.withoutOutput(), time.at(), notBefore(lease, time)));
        } else {
            found.finish(agent, lease, TaskState.FAILED, withAgents(agent, lease, run));
        }
    }

    /** What may be the agent's fault costs nothing while there is another agent to go to: a start that failed, and a try of one that is quarantined. */
    private boolean moves(AgentId agent, Lease lease, Ending ending) {
        var job = state.jobs().must(lease.attempt.job());
        var unable = ending instanceof Ending.CannotStart;
        if (lease.cancelReason() != null || !job.origin.agentOf(lease.ordinal).isEmpty()
                || !unable && !state.doubts().isCanary(agent.instance(), lease.attempt)
                || job.past().moves(lease.ordinal) >= Settings.MOVES || state.jobs().detours().size() >= Settings.DETOURS) {
            return false;
        }
        var avoided = job.past().avoided(lease.ordinal).and(agent.instance(), unable);
        return DetourWalk.takers(state).stream()
                .anyMatch(other -> unable ? !avoided.unable().contains(other) : !avoided.has(other));
    }

    /** Who else could not start it. */
    private Run withAgents(AgentId agent, Lease lease, Run run) {
        if (!(run.ending() instanceof Ending.CannotStart(var obstacle, var text))) {
            return run;
        }
        var others = state.jobs().must(lease.attempt.job()).past().pastAttempts(lease.ordinal).stream()
                .filter(past -> past.run() != null && past.run().ending() instanceof Ending.CannotStart)
                .map(Attempt::agent).filter(name -> !name.equals(agent.name())).distinct().sorted().toList();
        return others.isEmpty()
                ? run
                : run.endingWith(new Ending.CannotStart(obstacle,
                        "%s (on %s; nor could %s start it)".formatted(text, agent.name(), Plain.names(others))));
    }

    private static Run withReason(Command.Ended ended, @Nullable String reason) {
        return ended.run().endingWith(new Ending.Cancelled(reason == null ? "" : reason));
    }

    private boolean retries(Lease lease, Ending ending) {
        var job = state.jobs().must(lease.attempt.job());
        var policy = job.origin.spec().failure();
        return lease.cancelReason() == null && job.past().retriesUsed(lease.ordinal) < policy.retries()
                && (policy.retryOn().isEmpty()
                        || policy.retryOn().stream().anyMatch(range -> range.contains(ExitCodes.of(ending))));
    }

    private @Nullable Instant notBefore(Lease lease, Time time) {
        var job = state.jobs().must(lease.attempt.job());
        var backoff = job.origin.spec().failure().backoff();
        return backoff == null ? null : time.at().plus(backoff.before(job.past().retriesUsed(lease.ordinal) + 1));
    }

    /** Said again, it is no news; else it is kept as late and changes nothing. */
    private void late(Findings found, Command.Report report, Command.Ended ended, Time time) {
        var attempt = ended.attempt();
        var job = state.job(attempt.job());
        var ordinal = job == null ? -1 : job.origin.indices().ordinalOf(attempt.index());
        if (job == null || ordinal < 0) {
            return;
        }
        var decided = job.isFinished(ordinal) && job.lastAttempt(ordinal) == attempt.number();
        if (!decided) {
            found.add(new Event.LateReported(report.agent(), attempt, ended.run().ending(), time.at()));
        }
    }
}
