package dev.ganger.wire;

import dev.ganger.model.Agent;
import dev.ganger.model.Attempt;
import dev.ganger.model.Job;
import dev.ganger.model.JobState;
import dev.ganger.model.Result;
import dev.ganger.model.Status;
import dev.ganger.model.Task;
import dev.ganger.model.TaskCounts;
import dev.ganger.model.TaskState;
import dev.ganger.proto.v1.AgentState;
import dev.ganger.proto.v1.GetStatusResponse;

/** From the model to the wire: what people look at. */
public final class ViewsToWire {
    private ViewsToWire() {}

    public static dev.ganger.proto.v1.Job job(Job job) {
        var builder = dev.ganger.proto.v1.Job.newBuilder()
                .setId(job.id())
                .setName(job.name())
                .addAllTags(job.tags().stream().map(ToWire::tag).toList())
                .setState(state(job.state()))
                .setTasks(counts(job.tasks()))
                .setSubmittedBy(job.submittedBy())
                .setSubmittedAt(ToWire.instant(job.submittedAt()));
        if (job.finishedAt() != null) {
            builder.setFinishedAt(ToWire.instant(job.finishedAt()));
        }
        return builder.build();
    }

    private static dev.ganger.proto.v1.JobState state(JobState state) {
        return switch (state) {
            case QUEUED -> dev.ganger.proto.v1.JobState.JOB_STATE_QUEUED;
            case RUNNING -> dev.ganger.proto.v1.JobState.JOB_STATE_RUNNING;
            case SUCCEEDED -> dev.ganger.proto.v1.JobState.JOB_STATE_SUCCEEDED;
            case FAILED -> dev.ganger.proto.v1.JobState.JOB_STATE_FAILED;
            case CANCELLED -> dev.ganger.proto.v1.JobState.JOB_STATE_CANCELLED;
        };
    }

    private static dev.ganger.proto.v1.TaskCounts counts(TaskCounts counts) {
        return dev.ganger.proto.v1.TaskCounts.newBuilder()
                .setTotal(counts.total())
                .setWaiting(counts.waiting())
                .setHeld(counts.held())
                .setQueued(counts.queued())
                .setLeased(counts.leased())
                .setRunning(counts.running())
                .setUnknown(counts.unknown())
                .setSucceeded(counts.succeeded())
                .setFailed(counts.failed())
                .setCancelled(counts.cancelled())
                .build();
    }

    public static dev.ganger.proto.v1.TaskState state(TaskState state) {
        return switch (state) {
            case WAITING -> dev.ganger.proto.v1.TaskState.TASK_STATE_WAITING;
            case HELD -> dev.ganger.proto.v1.TaskState.TASK_STATE_HELD;
            case QUEUED -> dev.ganger.proto.v1.TaskState.TASK_STATE_QUEUED;
            case LEASED -> dev.ganger.proto.v1.TaskState.TASK_STATE_LEASED;
            case RUNNING -> dev.ganger.proto.v1.TaskState.TASK_STATE_RUNNING;
            case UNKNOWN -> dev.ganger.proto.v1.TaskState.TASK_STATE_UNKNOWN;
            case SUCCEEDED -> dev.ganger.proto.v1.TaskState.TASK_STATE_SUCCEEDED;
            case FAILED -> dev.ganger.proto.v1.TaskState.TASK_STATE_FAILED;
            case CANCELLED -> dev.ganger.proto.v1.TaskState.TASK_STATE_CANCELLED;
            case LOST -> dev.ganger.proto.v1.TaskState.TASK_STATE_LOST;
        };
    }

    public static dev.ganger.proto.v1.Task task(Task task) {
        var builder = dev.ganger.proto.v1.Task.newBuilder()
                .setJob(task.id().job())
                .setIndex(task.id().index())
                .setRound(task.round())
                .setState(state(task.state()));
        task.attempts().forEach(attempt -> builder.addAttempts(attempt(attempt)));
        if (task.entry() != null) {
            builder.setEntry(ToWire.bytes(task.entry()));
        }
        return builder.build();
    }

    public static dev.ganger.proto.v1.Attempt attempt(Attempt attempt) {
        var builder = dev.ganger.proto.v1.Attempt.newBuilder()
                .setNumber(attempt.number())
                .setAgent(attempt.agent())
                .setState(state(attempt.state()))
                .setPid(attempt.pid());
        if (attempt.startedAt() != null) {
            builder.setStartedAt(ToWire.instant(attempt.startedAt()));
        }
        if (attempt.run() != null) {
            builder.setRun(ToWire.run(attempt.run()));
        }
        return builder.build();
    }

    public static dev.ganger.proto.v1.Result result(Result result) {
        var builder = dev.ganger.proto.v1.Result.newBuilder()
                .setPosition(result.position())
                .setJob(result.task().job())
                .setIndex(result.task().index())
                .setRound(result.round())
                .setAttempt(result.attempt())
                .setState(state(result.state()))
                .setAgent(result.agent())
                .setRun(ToWire.run(result.run()))
                .setRecordedAt(ToWire.instant(result.recordedAt()));
        result.earlier().forEach(attempt -> builder.addEarlier(attempt(attempt)));
        return builder.build();
    }

    public static dev.ganger.proto.v1.Agent agent(Agent agent) {
        var builder = dev.ganger.proto.v1.Agent.newBuilder()
                .setName(agent.id().name())
                .setInstance(ToWire.uuid(agent.id().instance()))
                .setStart(agent.id().start())
                .setState(switch (agent.state()) {
                    case ALIVE -> AgentState.AGENT_STATE_ALIVE;
                    case UNKNOWN -> AgentState.AGENT_STATE_UNKNOWN;
                    case STOPPING -> AgentState.AGENT_STATE_STOPPING;
                    case DRAINING -> AgentState.AGENT_STATE_DRAINING;
                    case QUARANTINED -> AgentState.AGENT_STATE_QUARANTINED;
                })
                .setPid(agent.pid())
                .setSlots(agent.slots())
                .setBusy(agent.busy())
                .setVersion(agent.version())
                .setLastSeenAt(ToWire.instant(agent.lastSeenAt()))
                .putAllLabels(agent.labels())
                .setReason(agent.reason());
        agent.held().forEach(attempt -> builder.addHeld(ToWire.attempt(attempt)));
        return builder.build();
    }

    public static GetStatusResponse status(Status status) {
        return GetStatusResponse.newBuilder()
                .setTaskQueueLength(status.queued())
                .setUnfinished(status.unfinished())
                .setTaskQueueLimit(status.limit())
                .setDoneQueueLength(status.results())
                .setDoneQueuePosition(status.position())
                .setOutputBytes(status.output())
                .setJobsQueued(status.jobs().queued())
                .setJobsRunning(status.jobs().running())
                .setJobsSucceeded(status.jobs().succeeded())
                .setJobsFailed(status.jobs().failed())
                .setJobsCancelled(status.jobs().cancelled())
                .setAgentsAlive(status.agents().alive())
                .setAgentsQuarantined(status.agents().quarantined())
                .setAgentsUnknown(status.agents().unknown())
                .setSlotsTotal(status.agents().slots())
                .setSlotsBusy(status.agents().busy())
                .setOpen(status.open())
                .setStopping(status.stopping())
                .setResultsPerSecond(status.resultsPerSecond())
                .setWaitingSubmits(status.waiting())
                .setVersion(status.version())
                .build();
    }
}
