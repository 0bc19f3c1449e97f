package dev.ganger.cli.client;

import dev.ganger.model.Indices;
import dev.ganger.model.Job;
import dev.ganger.model.Task;
import dev.ganger.model.TaskId;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.ForgetJobRequest;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetTaskRequest;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobServiceGrpc.JobServiceBlockingV2Stub;
import dev.ganger.proto.v1.ListJobsRequest;
import dev.ganger.proto.v1.ListTasksRequest;
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsFromWire;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.function.Consumer;
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

    public void tasks(long job, Consumer<Task> each) {
        calls.ask(() -> {
            calls.each(stub().listTasks(ListTasksRequest.newBuilder().setJob(job).build()), some -> {
                some.getTasksList().forEach(task -> each.accept(ViewsFromWire.task(task)));
                return true;
            });
            return true;
        });
    }

    /** Tells how a job stands until it is finished; false if the time was over first. */
    public boolean watch(long job, @Nullable Duration timeout, Consumer<Job> news) {
        var deadline = Deadline.after(timeout);
        return calls.ask(deadline, () -> {
            try {
                calls.each(deadline.on(stub()).watchJob(WatchJobRequest.newBuilder().setJob(job).build()), some -> {
                    news.accept(ViewsFromWire.job(some.getJob()));
                    return true;
                });
                return true;
            } catch (StatusException problem) {
                return deadline.notInTime(problem);
            }
        });
    }

    /** Cancels what is not final of the job, or of the tasks with these indices. */
    public Cancelled cancel(long job, @Nullable Indices indices, String reason) {
        var request = CancelJobRequest.newBuilder().setJob(job).setReason(reason);
        if (indices != null) {
            request.setIndices(ToWire.indices(indices));
        }
        return calls.ask(() -> {
            var answer = Calls.soon(stub()).cancelJob(request.build());
            return new Cancelled(job, answer.getCancelled(), answer.getEnding());
        });
    }

    /** Forgets a finished job; tells how many results it had. */
    public long forget(long job) {
        return calls.ask(() -> Calls.soon(stub()).forgetJob(ForgetJobRequest.newBuilder().setJob(job).build()).getResults());
    }

    private JobServiceBlockingV2Stub stub() {
        return JobServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
