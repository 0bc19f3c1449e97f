package dev.ganger.cli.command;

import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.CancelJobResponse;
import dev.ganger.proto.v1.ForgetJobRequest;
import dev.ganger.proto.v1.ForgetJobResponse;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetJobResponse;
import dev.ganger.proto.v1.GetTaskRequest;
import dev.ganger.proto.v1.GetTaskResponse;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.ListJobsRequest;
import dev.ganger.proto.v1.ListJobsResponse;
import dev.ganger.proto.v1.ListTasksRequest;
import dev.ganger.proto.v1.ListTasksResponse;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.proto.v1.WatchJobResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** The jobs of the fake coordinator. */
final class FakeJobService extends JobServiceGrpc.JobServiceImplBase {
    private final FakeCoordinator coordinator;

    FakeJobService(FakeCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public StreamObserver<SubmitRequest> submit(StreamObserver<SubmitResponse> answers) {
        return new FakeSubmit(coordinator, answers);
    }

    private @Nullable FakeJob find(long id, StreamObserver<?> answers) {
        synchronized (coordinator) {
            var job = coordinator.jobs.get(id);
            if (job == null) {
                answers.onError(Status.NOT_FOUND.withDescription("no such job: " + id).asException());
            }
            return job;
        }
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> answers) {
        var job = find(request.getJob(), answers);
        if (job != null) {
            var view = ViewsToWire.job(job.view()).toBuilder();
            if (coordinator.strange) {
                view.setStateValue(99);
            }
            answers.onNext(GetJobResponse.newBuilder().setJob(view).setSpec(ToWire.spec(job.spec)).build());
            answers.onCompleted();
        }
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answers) {
        synchronized (coordinator) {
            coordinator.jobs.tailMap(request.getFrom()).values()
                    .forEach(job -> answers.onNext(ListJobsResponse.newBuilder().addJobs(ViewsToWire.job(job.view())).build()));
        }
        answers.onCompleted();
    }

    @Override
    public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> answers) {
        var job = find(request.getJob(), answers);
        if (job == null) {
            return;
        }
        if (job.indices.ordinalOf(request.getIndex()) < 0) {
            answers.onError(Status.NOT_FOUND.withDescription("no such task: " + request.getJob() + "." + request.getIndex())
                    .asException());
            return;
        }
        answers.onNext(GetTaskResponse.newBuilder().setTask(ViewsToWire.task(job.task(request.getIndex()))).build());
        answers.onCompleted();
    }

    @Override
    public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> answers) {
        var job = find(request.getJob(), answers);
        if (job != null) {
            for (var ordinal = 0; ordinal < job.indices.count(); ordinal++) {
                answers.onNext(ListTasksResponse.newBuilder()
                        .addTasks(ViewsToWire.task(job.task(job.indices.indexAt(ordinal))))
                        .build());
            }
            answers.onCompleted();
        }
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> answers) {
        var job = find(request.getJob(), answers);
        if (job == null) {
            return;
        }
        var call = (ServerCallStreamObserver<WatchJobResponse>) answers;
        call.setOnCancelHandler(() -> {});
        synchronized (coordinator) {
            coordinator.watching++;
            while (!call.isCancelled()) {
                var view = job.view();
                call.onNext(WatchJobResponse.newBuilder().setJob(ViewsToWire.job(view)).build());
                if (view.state().isFinal()) {
                    call.onCompleted();
                    return;
                }
                if (coordinator.watchBreaks-- > 0) {
                    call.onError(Status.UNAVAILABLE.withDescription("broken").asException());
                    return;
                }
                coordinator.awaitChange(100);
            }
        }
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> answers) {
        var job = find(request.getJob(), answers);
        if (job != null) {
            coordinator.cancelReason = request.getReason();
            var indices = request.hasIndices() ? FromWire.indices(request.getIndices()) : job.indices;
            var cancelled = coordinator.cancel(job, indices,
                    Run.unseen(Endings.START, new Ending.Cancelled(request.getReason())));
            answers.onNext(CancelJobResponse.newBuilder().setCancelled(cancelled).build());
            answers.onCompleted();
        }
    }

    @Override
    public void forgetJob(ForgetJobRequest request, StreamObserver<ForgetJobResponse> answers) {
        var job = find(request.getJob(), answers);
        if (job == null) {
            return;
        }
        if (!job.view().state().isFinal()) {
            answers.onError(Status.FAILED_PRECONDITION
                    .withDescription("job " + job.id + " is not finished; 'ganger cancel " + job.id + "' ends it").asException());
            return;
        }
        synchronized (coordinator) {
            coordinator.jobs.remove(job.id);
        }
        answers.onNext(ForgetJobResponse.newBuilder().setResults(job.runs.size()).build());
        answers.onCompleted();
    }
}
