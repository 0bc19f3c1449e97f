package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.model.Attempt;
import dev.ganger.model.Bytes;
import dev.ganger.model.Job;
import dev.ganger.model.Result;
import dev.ganger.model.Task;
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
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves jobs: submit, look at, watch, cancel. */
final class JobApi extends JobServiceGrpc.JobServiceImplBase {
    /** Who submits, until connections have identities. */
    static final String ANONYMOUS = "anonymous";
    private static final int PAGE = 500;
    private static final long MILLIS_BETWEEN_NEWS = 100;

    private final Core core;
    private final DiskRoom room;
    private final Settings settings;

    JobApi(Core core, DiskRoom room, Settings settings) {
        this.core = core;
        this.room = room;
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
        Unary.serve(answer, () -> {
            var id = new TaskId(request.getJob(), request.getIndex());
            var origin = origin(id.job());
            var view = Statuses.await(core.read(views -> views.task(id)));
            if (view == null) {
                throw Status.NOT_FOUND.withDescription(
                        "job %d has no task %d; its tasks are %s".formatted(id.job(), id.index(), origin.indices()))
                        .asRuntimeException();
            }
            var entry = origin.entries() ? core.entries(origin.draft(), id.index(), id.index()).getFirst() : null;
            var result = view.state().isFinal() ? core.result(id) : null;
            return GetTaskResponse.newBuilder().setTask(ViewsToWire.task(task(view, result, entry))).build();
        });
    }

    private Views.Origin origin(long job) {
        return orNoJob(Statuses.await(core.read(views -> views.origin(job))), job);
    }

    private static Task task(Views.TaskView view, @Nullable Result result, @Nullable Bytes entry) {
        var attempts = new ArrayList<>(view.attempts());
        if (result != null) {
            attempts.clear();
            attempts.addAll(result.earlier());
            if (!result.agent().isEmpty()) {
                attempts.add(Attempt.ended(result.attempt(), result.agent(), result.state(), result.run().withoutOutput()));
            }
        }
        return new Task(view.id(), view.round(), view.state(), attempts, entry);
    }

    @Override
    public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            var origin = origin(request.getJob());
            for (var from = 0; from < origin.indices().count(); from += PAGE) {
                var start = from;
                var page = Statuses.await(core.read(views -> views.tasks(request.getJob(), start, PAGE)));
                outgoing.send(ListTasksResponse.newBuilder()
                        .addAllTasks(tasks(origin, orNoJob(page, request.getJob())).stream().map(ViewsToWire::task).toList())
                        .build());
            }
        });
    }

    private List<Task> tasks(Views.Origin origin, List<Views.TaskView> views) {
        var first = views.getFirst().id().index();
        var last = views.getLast().id().index();
        var entries = origin.entries() ? core.entries(origin.draft(), first, last) : List.<Bytes>of();
        var results = core.results(origin.job(), first, last);
        var tasks = new ArrayList<Task>(views.size());
        for (var each = 0; each < views.size(); each++) {
            var view = views.get(each);
            var result = view.state().isFinal() ? results.get(view.id().index()) : null;
            tasks.add(task(view, result, entries.isEmpty() ? null : entries.get(each)));
        }
        return tasks;
    }

    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
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
        Unary.serve(answer, () -> {
            var counts = Statuses.reply(core.execute(new Command.Cancel(request.getJob(),
                    request.hasIndices() ? FromWire.indices(request.getIndices()) : null, Reason.checked(request.getReason()))));
            return CancelJobResponse.newBuilder().setCancelled(counts.cancelled()).setEnding(counts.ending()).build();
        });
    }
}
