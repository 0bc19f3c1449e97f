package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in sentences why tasks and jobs stand as they do, at one moment. */
final class Reasons {
    /** Failed tasks of a job that are looked at, at most. */
    private static final int FAILURES = 1_000;

    private final State state;
    private final Settings settings;
    private final Time time;
    private final QueuedReasons queued;

    Reasons(State state, Settings settings, Time time) {
        this.state = state;
        this.settings = settings;
        this.time = time;
        this.queued = new QueuedReasons(state, settings, time);
    }

    // ---- a task

    Why.@Nullable OfTask task(TaskId id) {
        var job = state.job(id.job());
        var ordinal = job == null ? -1 : job.origin.indices().ordinalOf(id.index());
        if (job == null || ordinal < 0) {
            return null;
        }
        var spec = job.origin.spec();
        var sentences = sentences(job, ordinal, id);
        return new Why.OfTask(id, stateOf(job, ordinal), spec.limits().timeout(), spec.failure().retries(), sentences);
    }

    private TaskState stateOf(JobProgress job, int ordinal) {
        var lease = job.leaseOf(ordinal);
        return lease != null && isSilent(agentOf(lease)) ? TaskState.UNKNOWN : job.stateOf(ordinal);
    }

    private AgentRecord agentOf(Lease lease) {
        return state.fleet().must(lease.instance);
    }

    private boolean isSilent(AgentRecord agent) {
        return agent.silentFor(time.now()) > settings.unknownAfterMillis();
    }

    /** Empty for one that is final. */
    private List<String> sentences(JobProgress job, int ordinal, TaskId id) {
        if (job.isFinished(ordinal)) {
            return List.of();
        }
        var lease = job.leaseOf(ordinal);
        var sentences = new ArrayList<String>();
        if (lease == null) {
            sentences.addAll(toStart(job, ordinal, id));
        } else {
            sentences.addAll(withAgent(id, lease));
        }
        job.past().pastAttempts(ordinal).forEach(attempt -> sentences.add(past(attempt, job.origin.spec().limits().timeout())));
        return sentences;
    }

    private List<String> toStart(JobProgress job, int ordinal, TaskId id) {
        var pause = job.past().pause(ordinal);
        if (job.isHeld(ordinal)) {
            return List.of("%s is held%s: nothing starts it until 'ganger release %s'.".formatted(id,
                    Plain.because(job.holdReason(ordinal)), id));
        }
        return pause == null
                ? queued.of(job, ordinal)
                : List.of("%s failed and waits until %s before it is tried again: retry %d of %d.".formatted(id,
                        Plain.time(pause.until()), job.past().retriesUsed(ordinal), job.origin.spec().failure().retries()));
    }

    private List<String> withAgent(TaskId id, Lease lease) {
        var agent = agentOf(lease);
        var sentences = new ArrayList<String>();
        if (isSilent(agent)) {
            sentences.addAll(unknown(id, lease, agent));
        } else {
            sentences.add(present(id, lease, agent));
        }
        var cancelled = lease.cancelReason();
        if (cancelled != null) {
            sentences.add("It was cancelled%s, and its agent is ending it.".formatted(Plain.because(cancelled)));
        }
        return sentences;
    }

    private static String present(TaskId id, Lease lease, AgentRecord agent) {
        var running = lease.running();
        return running == null
                ? "%s is with agent '%s' since %s as attempt %d, and starts there as soon as a slot is free."
                        .formatted(id, agent.id(), Plain.time(lease.leasedAt), lease.attempt.number())
                : "%s runs on agent '%s' as process %d since %s, as attempt %d.".formatted(id, agent.id(), running.pid(),
                        Plain.time(running.startedAt()), lease.attempt.number());
    }

    private List<String> unknown(TaskId id, Lease lease, AgentRecord agent) {
        var left = Duration.ofMillis(Math.max(0, settings.leaseMillis() - agent.silentFor(time.now())));
        return List.of(
                "%s is with agent '%s' as attempt %d, and that agent is silent since %s: whether it %s is not known."
                        .formatted(id, agent.id(), lease.attempt.number(), Plain.time(agent.lastSeenAt()),
                                lease.isRunning() ? "still runs" : "has started"),
                "If nothing is heard of the agent until %s, the attempt is lost and the task is queued again, without using up a retry; 'ganger agent gone %s' says at once that it is."
                        .formatted(Plain.time(time.at().plus(left)), agent.id()));
    }

    static String past(Attempt attempt, @Nullable Duration timeout) {
        var run = attempt.run();
        return run == null
                ? "Attempt %d on agent '%s' is over.".formatted(attempt.number(), attempt.agent())
                : "Attempt %d on agent '%s' %s, at %s.".formatted(attempt.number(), attempt.agent(),
                        Plain.ending(run.ending(), timeout), Plain.time(run.finishedAt()));
    }

    // ---- a job

    Why.@Nullable OfJob job(long id) {
        var job = state.job(id);
        if (job == null) {
            return null;
        }
        var sentences = new ArrayList<String>();
        sentences.add(summary(job));
        var first = firstToWaitFor(job);
        if (first >= 0) {
            sentences.addAll(sentences(job, first, new TaskId(id, job.origin.indices().indexAt(first))));
        }
        return new Why.OfJob(id, job.unfinished() == 0, failed(job), job.ended().failed(), job.origin.spec().limits().timeout(),
                sentences);
    }

    private String summary(JobProgress job) {
        var parts = new ArrayList<String>();
        var counts = new Views(state, settings, time).counts(job);
        add(parts, counts.waiting(), "waiting");
        add(parts, counts.held(), "held");
        add(parts, counts.queued(), "queued");
        add(parts, counts.leased(), "leased");
        add(parts, counts.running(), "running");
        add(parts, counts.unknown(), "unknown");
        add(parts, counts.succeeded(), "succeeded");
        add(parts, counts.failed(), "failed");
        add(parts, counts.cancelled(), "cancelled");
        var finishedAt = job.finishedAt();
        return "Job %d has %s: %s%s.".formatted(job.id(), Plain.count(job.count(), "task"), String.join(", ", parts),
                finishedAt == null ? "" : "; it finished at " + Plain.time(finishedAt));
    }

    private static void add(List<String> parts, long count, String state) {
        if (count > 0) {
            parts.add(count + " " + state);
        }
    }

    /** The first task that no agent has, or else the first that one has; -1: none. */
    private static int firstToWaitFor(JobProgress job) {
        var withAgent = -1;
        for (var ordinal = 0; ordinal < job.count(); ordinal++) {
            if (!job.isFinished(ordinal)) {
                if (job.leaseOf(ordinal) == null) {
                    return ordinal;
                }
                withAgent = withAgent < 0 ? ordinal : withAgent;
            }
        }
        return withAgent;
    }

    private static List<Long> failed(JobProgress job) {
        var failed = new ArrayList<Long>();
        for (var ordinal = 0; ordinal < job.count() && failed.size() < Math.min(FAILURES, job.ended().failed()); ordinal++) {
            if (job.isFinished(ordinal) && job.stateOf(ordinal) == TaskState.FAILED) {
                failed.add(job.origin.indices().indexAt(ordinal));
            }
        }
        return failed;
    }
}
