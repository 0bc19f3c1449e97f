package dev.ganger.cli.client;

import dev.ganger.model.Indices;
import dev.ganger.model.Job;
import dev.ganger.model.Task;
import dev.ganger.model.TaskId;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.ExplainRequest;
import dev.ganger.proto.v1.ForgetJobRequest;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetTaskRequest;
import dev.ganger.proto.v1.HoldJobRequest;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobServiceGrpc.JobServiceBlockingV2Stub;
import dev.ganger.proto.v1.ListJobsRequest;
import dev.ganger.proto.v1.ListTasksRequest;
import dev.ganger.proto.v1.ReleaseJobRequest;
import dev.ganger.proto.v1.RetryJobRequest;
import dev.ganger.proto.v1.TaskState;
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsFromWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is asked about jobs and their tasks. */
public final class JobCalls {
    private final Connection connection;
    private final Calls calls;

    JobCalls(Connection connection, Calls calls) {
        this.connection = connection;
        this.calls = calls;
    }

    public JobDetails job(long id) {
        return calls.ask(() -> {
            var answer = Calls.soon(stub()).getJob(GetJobRequest.newBuilder().setJob(id).build());
            return new JobDetails(ViewsFromWire.job(answer.getJob()), FromWire.spec(answer.getSpec()));
        });
    }

    /** Jobs from an id on, in the order of their ids. */
    public void jobs(long from, Consumer<Job> each) {
        calls.ask(() -> {
            calls.each(stub().listJobs(ListJobsRequest.newBuilder().setFrom(from).build()), some -> {
                some.getJobsList().forEach(job -> each.accept(ViewsFromWire.job(job)));
                return true;
            });
            return true;
        });
    }

    public Task task(TaskId id) {
        return calls.ask(() -> ViewsFromWire.task(Calls.soon(stub())
                .getTask(GetTaskRequest.newBuilder().setJob(id.job()).setIndex(id.index()).build())
                .getTask()));
    }

    /** In the order of their indices. */
    public void tasks(TaskSelection selection, Consumer<Task> each) {
        var request = ListTasksRequest.newBuilder().setJob(selection.job()).addAllStates(states(selection));
        if (selection.indices() != null) {
            request.setIndices(ToWire.indices(selection.indices()));
        }
        calls.ask(() -> {
            calls.each(stub().listTasks(request.build()), some -> {
                some.getTasksList().stream().map(ViewsFromWire::task).filter(selection::admits).forEach(each);
                return true;
            });
            return true;
        });
    }

    private static List<TaskState> states(TaskSelection selection) {
        return selection.states().stream().map(ViewsToWire::state).toList();
    }

    /** Tells how a job stands while that is wanted and it is not finished; false if the time was over first. */
    public boolean watch(long job, @Nullable Duration timeout, Predicate<Job> wanted) {
        var deadline = Deadline.after(timeout);
        return calls.ask(deadline, () -> {
            try {
                calls.each(deadline.on(stub()).watchJob(WatchJobRequest.newBuilder().setJob(job).build()),
                        some -> wanted.test(ViewsFromWire.job(some.getJob())));
                return true;
            } catch (StatusException problem) {
                return deadline.notInTime(problem);
            }
        });
    }

    /** Cancels what is not final of them. */
    public Cancelled cancel(TaskSelection selection, String reason) {
        var request = CancelJobRequest.newBuilder().setJob(selection.job()).setReason(reason).addAllStates(states(selection));
        if (selection.indices() != null) {
            request.setIndices(ToWire.indices(selection.indices()));
        }
        return calls.ask(() -> {
            var answer = Calls.soon(stub()).cancelJob(request.build());
            return new Cancelled(selection.job(), answer.getCancelled(), answer.getEnding());
        });
    }

    /** They do not start until they are released; what runs goes on. */
    public Held hold(TaskSelection selection, String reason) {
        var request = HoldJobRequest.newBuilder().setJob(selection.job()).setReason(reason).addAllStates(states(selection));
        if (selection.indices() != null) {
            request.setIndices(ToWire.indices(selection.indices()));
        }
        return calls.ask(() -> {
            var answer = Calls.soon(stub()).holdJob(request.build());
            return new Held(answer.getHeld(), answer.getRunning());
        });
    }

    /** Lets held tasks go, of all or of those with these indices; tells how many. */
    public long release(long job, @Nullable Indices indices) {
        var request = ReleaseJobRequest.newBuilder().setJob(job);
        if (indices != null) {
            request.setIndices(ToWire.indices(indices));
        }
        return calls.ask(() -> Calls.soon(stub()).releaseJob(request.build()).getReleased());
    }

    /**
     * Runs finished tasks again; tells how many. It is asked once: asked again, it could begin another round.
     *
     * @param agent only those whose last attempt ran on it; empty: on any
     */
    public long retry(TaskSelection selection, String agent, String reason) {
        var request = RetryJobRequest.newBuilder().setJob(selection.job()).setAgent(agent).setReason(reason)
                .addAllStates(states(selection));
        if (selection.indices() != null) {
            request.setIndices(ToWire.indices(selection.indices()));
        }
        return calls.askOnce(() -> Calls.soon(stub()).retryJob(request.build()).getRetried());
    }

    /** Sentences that say why a job, or a task of it, stands where it does. */
    public List<String> explain(long job, @Nullable Long index) {
        var request = ExplainRequest.newBuilder().setJob(job);
        if (index != null) {
            request.setIndex(index);
        }
        return calls.ask(() -> List.copyOf(Calls.soon(stub()).explain(request.build()).getSentencesList()));
    }

    /** Forgets a finished job; tells how many results it had. */
    public long forget(long job) {
        return calls.ask(() -> Calls.soon(stub()).forgetJob(ForgetJobRequest.newBuilder().setJob(job).build()).getResults());
    }

    private JobServiceBlockingV2Stub stub() {
        return JobServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
