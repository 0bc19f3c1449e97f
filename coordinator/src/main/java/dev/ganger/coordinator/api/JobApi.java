package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.model.Job;
import dev.ganger.model.TaskId;
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
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.proto.v1.WatchJobResponse;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Serves jobs: submit, look at, watch, control. */
final class JobApi extends JobServiceGrpc.JobServiceImplBase {
    private static final int PAGE = 500;
    private static final long MILLIS_BETWEEN_NEWS = 100;

    private final Core core;
    private final DiskRoom room;
    private final TaskPages tasks;
    private final TaskControl control;
    private final Settings settings;

    JobApi(Core core, DiskRoom room, Settings settings) {
        this.core = core;
        this.room = room;
        this.tasks = new TaskPages(core);
        this.control = new TaskControl(core, tasks);
        this.settings = settings;
    }

    @Override
    public StreamObserver<SubmitRequest> submit(StreamObserver<SubmitResponse> answers) {
        return new SubmitCall(core, room, settings, answers);
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> answer) {
        Unary.serve(answer, () -> {
            var response = Statuses.await(core.read(views -> {
                var job = views.job(request.getJob());
                var origin = views.origin(request.getJob());
                return job == null || origin == null
                        ? null
                        : GetJobResponse.newBuilder().setJob(ViewsToWire.job(job)).setSpec(ToWire.spec(origin.spec())).build();
            }));
            return orNoJob(response, request.getJob());
        });
    }

    private static <T> T orNoJob(@Nullable T found, long job) {
        if (found == null) {
            throw Statuses.noJob(job);
        }
        return found;
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            var from = Math.max(1, request.getFrom());
            while (true) {
                var start = from;
                var page = Statuses.await(core.read(views -> views.jobs(start, PAGE)));
                if (page.isEmpty()) {
                    return;
                }
                outgoing.send(ListJobsResponse.newBuilder().addAllJobs(page.stream().map(ViewsToWire::job).toList()).build());
                from = page.getLast().id() + 1;
            }
        });
    }

    @Override
    public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> answer) {
        Unary.serve(answer, () -> GetTaskResponse.newBuilder()
                .setTask(ViewsToWire.task(tasks.task(new TaskId(request.getJob(), request.getIndex())))).build());
    }

    @Override
    public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            var selection = TaskControl.selection(request.getJob(), request.hasIndices(), request.getIndices(),
                    request.getStatesList());
            tasks.each(selection, page -> outgoing.send(
                    ListTasksResponse.newBuilder().addAllTasks(page.stream().map(ViewsToWire::task).toList()).build()));
        });
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> answers) {
        Outgoing.follow(answers, outgoing -> {
            try (var _ = core.watch(new Topic.OfJob(request.getJob()), _ -> outgoing.signal())) {
                Job last = null;
                while (last == null || !last.state().isFinal()) {
                    var job = orNoJob(Statuses.await(core.read(views -> views.job(request.getJob()))), request.getJob());
                    if (!job.equals(last)) {
                        outgoing.send(WatchJobResponse.newBuilder().setJob(ViewsToWire.job(job)).build());
                    }
                    last = job;
                    if (!job.state().isFinal()) {
                        outgoing.awaitNews(MILLIS_BETWEEN_NEWS * 10);
                    }
                }
            }
        });
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<ExplainResponse> answer) {
        Unary.serve(answer, () -> ExplainResponse.newBuilder().addAllSentences(new Explanations(core).of(request)).build());
    }

    @Override
    public void forgetJob(ForgetJobRequest request, StreamObserver<ForgetJobResponse> answer) {
        Unary.serve(answer, () -> ForgetJobResponse.newBuilder()
                .setResults(Statuses.reply(core.execute(new Command.Forget(request.getJob()))).results()).build());
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> answer) {
        Unary.serve(answer, () -> control.cancel(request));
    }

    @Override
    public void holdJob(HoldJobRequest request, StreamObserver<HoldJobResponse> answer) {
        Unary.serve(answer, () -> control.hold(request));
    }

    @Override
    public void releaseJob(ReleaseJobRequest request, StreamObserver<ReleaseJobResponse> answer) {
        Unary.serve(answer, () -> control.release(request));
    }

    @Override
    public void retryJob(RetryJobRequest request, StreamObserver<RetryJobResponse> answer) {
        Unary.serve(answer, () -> control.retry(request));
    }
}
