package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Recorded;
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

    Reports(State state) {
        this.state = state;
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
            case Ending.Exited _,Ending.Signaled _,Ending.TimedOut _,Ending.CannotStart _ -> {
                if (!ending.succeeded() && retries(lease, ending)) {
                    found.add(new Event.AttemptFailed(report.agent(), ended.attempt(), ended.run().withoutOutput(), time.at(),
                            notBefore(lease, time)));
                } else {
                    found.finish(report.agent(), lease, ending.succeeded() ? TaskState.SUCCEEDED : TaskState.FAILED, ended.run());
                }
            }
        }
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
