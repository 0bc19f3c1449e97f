package dev.ganger.wire;

import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import dev.ganger.model.Attempt;
import dev.ganger.model.Job;
import dev.ganger.model.JobState;
import dev.ganger.model.Result;
import dev.ganger.model.Status;
import dev.ganger.model.Task;
import dev.ganger.model.TaskCounts;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import dev.ganger.proto.v1.GetStatusResponse;
import java.util.TreeMap;

/** From the wire to the model: what people look at. */
public final class ViewsFromWire {
    private ViewsFromWire() {}

    public static Job job(dev.ganger.proto.v1.Job job) {
        return new Job(job.getId(), job.getName(), job.getTagsList().stream().map(FromWire::tag).toList(), state(job.getState()),
                counts(job.getTasks()), job.getSubmittedBy(),
                FromWire.instant(job.getSubmittedAt()), job.hasFinishedAt() ? FromWire.instant(job.getFinishedAt()) : null);
    }

    private static JobState state(dev.ganger.proto.v1.JobState state) {
        return switch (state) {
            case JOB_STATE_QUEUED -> JobState.QUEUED;
            case JOB_STATE_RUNNING -> JobState.RUNNING;
            case JOB_STATE_SUCCEEDED -> JobState.SUCCEEDED;
            case JOB_STATE_FAILED -> JobState.FAILED;
            case JOB_STATE_CANCELLED -> JobState.CANCELLED;
            case JOB_STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no such state of a job: " + state);
        };
    }

    private static TaskCounts counts(dev.ganger.proto.v1.TaskCounts counts) {
        return new TaskCounts(counts.getWaiting(), counts.getHeld(), counts.getQueued(), counts.getLeased(), counts.getRunning(),
                counts.getUnknown(),
                counts.getSucceeded(), counts.getFailed(), counts.getCancelled());
    }

    public static TaskState state(dev.ganger.proto.v1.TaskState state) {
        return switch (state) {
            case TASK_STATE_WAITING -> TaskState.WAITING;
            case TASK_STATE_HELD -> TaskState.HELD;
            case TASK_STATE_QUEUED -> TaskState.QUEUED;
            case TASK_STATE_LEASED -> TaskState.LEASED;
            case TASK_STATE_RUNNING -> TaskState.RUNNING;
            case TASK_STATE_UNKNOWN -> TaskState.UNKNOWN;
            case TASK_STATE_SUCCEEDED -> TaskState.SUCCEEDED;
            case TASK_STATE_FAILED -> TaskState.FAILED;
            case TASK_STATE_CANCELLED -> TaskState.CANCELLED;
            case TASK_STATE_LOST -> TaskState.LOST;
            case TASK_STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no such state of a task: " + state);
        };
    }

    public static Task task(dev.ganger.proto.v1.Task task) {
        return new Task(new TaskId(task.getJob(), task.getIndex()), task.getRound(), state(task.getState()),
                task.getAttemptsList().stream().map(ViewsFromWire::attempt).toList(),
                task.hasEntry() ? FromWire.bytes(task.getEntry()) : null);
    }

    public static Attempt attempt(dev.ganger.proto.v1.Attempt attempt) {
        return new Attempt(attempt.getNumber(), attempt.getAgent(), state(attempt.getState()), attempt.getPid(),
                attempt.hasStartedAt() ? FromWire.instant(attempt.getStartedAt()) : null,
                attempt.hasRun() ? FromWire.run(attempt.getRun()) : null);
    }

    public static Result result(dev.ganger.proto.v1.Result result) {
        return new Result(result.getPosition(), new TaskId(result.getJob(), result.getIndex()), result.getRound(),
                result.getAttempt(), state(result.getState()), result.getAgent(), FromWire.run(result.getRun()),
                result.getEarlierList().stream().map(ViewsFromWire::attempt).toList(),
                FromWire.instant(result.getRecordedAt()));
    }

    public static Agent agent(dev.ganger.proto.v1.Agent agent) {
        return new Agent(new AgentId(agent.getName(), FromWire.uuid(agent.getInstance()), agent.getStart()),
                switch (agent.getState()) {
                    case AGENT_STATE_ALIVE -> Agent.State.ALIVE;
                    case AGENT_STATE_UNKNOWN -> Agent.State.UNKNOWN;
                    case AGENT_STATE_STOPPING -> Agent.State.STOPPING;
                    case AGENT_STATE_DRAINING -> Agent.State.DRAINING;
                    case AGENT_STATE_QUARANTINED -> Agent.State.QUARANTINED;
                    case AGENT_STATE_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalArgumentException("no such state of an agent: " + agent.getState());
                },
                agent.getPid(), agent.getSlots(), agent.getHeldList().stream().map(FromWire::attempt).toList(),
                agent.getBusy(), agent.getVersion(), FromWire.instant(agent.getLastSeenAt()), new TreeMap<>(agent.getLabelsMap()),
                agent.getReason());
    }

    public static Status status(GetStatusResponse status) {
        return new Status(status.getTaskQueueLength(), status.getUnfinished(), status.getTaskQueueLimit(),
                status.getDoneQueueLength(), status.getDoneQueuePosition(), status.getOutputBytes(),
                new Status.Jobs(status.getJobsQueued(), status.getJobsRunning(), status.getJobsSucceeded(),
                        status.getJobsFailed(), status.getJobsCancelled()),
                new Status.Agents(status.getAgentsAlive(), status.getAgentsQuarantined(), status.getAgentsUnknown(),
                        status.getSlotsTotal(),
                        status.getSlotsBusy()),
                status.getOpen(), status.getStopping(), status.getResultsPerSecond(), status.getWaitingSubmits(),
                status.getVersion());
    }
}
