package dev.ganger.cli.command;

import dev.ganger.model.Ending;
import dev.ganger.model.Indices;
import dev.ganger.model.Run;
import dev.ganger.model.Task;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.CancelJobResponse;
import dev.ganger.proto.v1.ExplainRequest;
import dev.ganger.proto.v1.ExplainResponse;
import dev.ganger.proto.v1.ForgetJobRequest;
import dev.ganger.proto.v1.ForgetJobResponse;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetJobResponse;
import dev.ganger.proto.v1.GetTaskRequest;
import dev.ganger.proto.v1.GetTaskResponse;
import dev.ganger.proto.v1.HoldJobRequest;
import dev.ganger.proto.v1.HoldJobResponse;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.ListJobsRequest;
import dev.ganger.proto.v1.ListJobsResponse;
import dev.ganger.proto.v1.ListTasksRequest;
import dev.ganger.proto.v1.ListTasksResponse;
import dev.ganger.proto.v1.ReleaseJobRequest;
import dev.ganger.proto.v1.ReleaseJobResponse;
import dev.ganger.proto.v1.RetryJobRequest;
import dev.ganger.proto.v1.RetryJobResponse;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import dev.ganger.proto.v1.TaskState;
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.proto.v1.WatchJobResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
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
            var indices = request.hasIndices() ? FromWire.indices(request.getIndices()) : null;
            synchronized (coordinator) {
                for (var task : job.chosen(indices, request.getStatesList())) {
                    answers.onNext(ListTasksResponse.newBuilder().addTasks(ViewsToWire.task(task)).build());
                }
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

    /** Does something to tasks; null if there are none that could be meant. */
    private @Nullable List<Task> choose(long id, dev.ganger.proto.v1.@Nullable Indices wanted, List<TaskState> states,
            StreamObserver<?> answers) {
        var job = find(id, answers);
        if (job == null) {
            return null;
        }
        var indices = wanted == null ? null : FromWire.indices(wanted);
        if (job.chosen(indices, List.of()).isEmpty()) {
            answers.onError(Status.NOT_FOUND.withDescription("job %d has no task %s; its tasks are %s".formatted(id, indices,
                    job.indices)).asException());
            return null;
        }
        return job.chosen(indices, states);
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> answers) {
        synchronized (coordinator) {
            var tasks = choose(request.getJob(), request.hasIndices() ? request.getIndices() : null, request.getStatesList(),
                    answers);
            if (tasks != null) {
                coordinator.cancelReason = request.getReason();
                var run = Run.unseen(Endings.START, new Ending.Cancelled(request.getReason()));
                var job = coordinator.job(request.getJob());
                var cancelled = tasks.stream().filter(task -> !task.state().isFinal())
                        .mapToLong(task -> coordinator.cancel(job, Indices.of(task.id().index(), task.id().index()), run)).sum();
                answers.onNext(CancelJobResponse.newBuilder().setCancelled(cancelled).build());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void holdJob(HoldJobRequest request, StreamObserver<HoldJobResponse> answers) {
        synchronized (coordinator) {
            var tasks = choose(request.getJob(), request.hasIndices() ? request.getIndices() : null, request.getStatesList(),
                    answers);
            if (tasks != null) {
                coordinator.holdReason = request.getReason();
                var job = coordinator.job(request.getJob());
                var running = tasks.stream().filter(task -> job.running.contains(task.id().index())).count();
                var held = tasks.stream().filter(task -> !task.state().isFinal() && job.held.add(task.id().index())).count();
                answers.onNext(HoldJobResponse.newBuilder().setHeld(held).setRunning(running).build());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void releaseJob(ReleaseJobRequest request, StreamObserver<ReleaseJobResponse> answers) {
        synchronized (coordinator) {
            var tasks = choose(request.getJob(), request.hasIndices() ? request.getIndices() : null, List.of(), answers);
            if (tasks != null) {
                var job = coordinator.job(request.getJob());
                var released = tasks.stream().filter(task -> job.held.remove(task.id().index())).count();
                answers.onNext(ReleaseJobResponse.newBuilder().setReleased(released).build());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void retryJob(RetryJobRequest request, StreamObserver<RetryJobResponse> answers) {
        synchronized (coordinator) {
            var states = request.getStatesCount() > 0
                    ? request.getStatesList()
                    : List.of(TaskState.TASK_STATE_FAILED, TaskState.TASK_STATE_CANCELLED);
            var tasks = choose(request.getJob(), request.hasIndices() ? request.getIndices() : null, states, answers);
            if (tasks == null) {
                return;
            }
            var wanted = tasks.stream().filter(task -> request.getAgent().isEmpty()
                    || task.attempts().getLast().agent().equals(request.getAgent())).toList();
            if (coordinator.unfinished() + wanted.size() > coordinator.limit) {
                answers.onError(Status.RESOURCE_EXHAUSTED.withDescription("the queue is full").asException());
                return;
            }
            coordinator.retryReason = request.getReason();
            var job = coordinator.job(request.getJob());
            wanted.forEach(task -> job.reopen(task.id().index()));
            answers.onNext(RetryJobResponse.newBuilder().setRetried(wanted.size()).build());
            answers.onCompleted();
        }
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<ExplainResponse> answers) {
        var indices = request.hasIndex() ? ToWire.indices(Indices.of(request.getIndex(), request.getIndex())) : null;
        synchronized (coordinator) {
            if (choose(request.getJob(), indices, List.of(), answers) != null) {
                var id = request.hasIndex() ? request.getJob() + "." + request.getIndex() : Long.toString(request.getJob());
                answers.onNext(ExplainResponse.newBuilder()
                        .addAllSentences(
                                coordinator.explanations.getOrDefault(id, List.of("There is nothing to say about " + id + ".")))
                        .build());
                answers.onCompleted();
            }
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
