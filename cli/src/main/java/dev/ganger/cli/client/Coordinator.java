package dev.ganger.cli.client;

import dev.ganger.model.Agent;
import dev.ganger.model.Indices;
import dev.ganger.model.Job;
import dev.ganger.model.Result;
import dev.ganger.model.Status;
import dev.ganger.model.Task;
import dev.ganger.model.TaskId;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.CloseRequest;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.ControlServiceGrpc.ControlServiceBlockingV2Stub;
import dev.ganger.proto.v1.ForgetJobRequest;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.GetTaskRequest;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobServiceGrpc.JobServiceBlockingV2Stub;
import dev.ganger.proto.v1.ListAgentsRequest;
import dev.ganger.proto.v1.ListJobsRequest;
import dev.ganger.proto.v1.ListTasksRequest;
import dev.ganger.proto.v1.MoveCursorRequest;
import dev.ganger.proto.v1.OpenRequest;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.ResultServiceGrpc.ResultServiceBlockingV2Stub;
import dev.ganger.proto.v1.StopRequest;
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.wire.Address;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsFromWire;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The coordinator as the verbs see it; every method throws a {@link Failure} where it cannot do its work. */
public final class Coordinator implements AutoCloseable {
    private static final int ANSWER_SECONDS = 60;

    private final Connection connection;
    private final Failures failures;
    private final Calls calls;

    private Coordinator(Address address, Reconnect reconnect) {
        this.connection = new Connection(address, reconnect);
        this.failures = new Failures(address);
        this.calls = new Calls(failures, connection);
    }

    /** Nothing is sent before the first call. */
    public static Coordinator at(Address address, Reconnect reconnect) {
        return new Coordinator(address, reconnect);
    }

    /** How it is there. Throws a Failure if it is a Ganger that would not understand all of a job. */
    public Status greet() {
        var status = status();
        Peer.check(status.version(), connection.address().toString());
        return status;
    }

    public Accepted submit(Submission submission, Consumer<QueueFull> waiting) {
        var submit = new SubmitCall(this::jobs, submission, waiting, failures);
        try {
            return submission.isRepeatable() ? calls.ask(submit::submit) : calls.askOnce(submit::submit);
        } catch (Failure failure) {
            throw failure.kind() == Failure.Kind.UNREACHABLE ? failure.with(submit.outcome()) : failure;
        }
    }

    public JobDetails job(long id) {
        return calls.ask(() -> {
            var answer = soon(jobs()).getJob(GetJobRequest.newBuilder().setJob(id).build());
            return new JobDetails(ViewsFromWire.job(answer.getJob()), FromWire.spec(answer.getSpec()));
        });
    }

    /** Jobs from an id on, in the order of their ids. */
    public void jobs(long from, Consumer<Job> each) {
        calls.ask(() -> {
            calls.each(jobs().listJobs(ListJobsRequest.newBuilder().setFrom(from).build()), some -> {
                some.getJobsList().forEach(job -> each.accept(ViewsFromWire.job(job)));
                return true;
            });
            return true;
        });
    }

    public Task task(TaskId id) {
        return calls.ask(() -> ViewsFromWire.task(soon(jobs())
                .getTask(GetTaskRequest.newBuilder().setJob(id.job()).setIndex(id.index()).build())
                .getTask()));
    }

    public void tasks(long job, Consumer<Task> each) {
        calls.ask(() -> {
            calls.each(jobs().listTasks(ListTasksRequest.newBuilder().setJob(job).build()), some -> {
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
                calls.each(deadline.on(jobs()).watchJob(WatchJobRequest.newBuilder().setJob(job).build()), some -> {
                    news.accept(ViewsFromWire.job(some.getJob()));
                    return true;
                });
                return true;
            } catch (StatusException problem) {
                return notInTime(deadline, problem);
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
            var answer = soon(jobs()).cancelJob(request.build());
            return new Cancelled(job, answer.getCancelled(), answer.getEnding());
        });
    }

    /** Forgets a finished job; tells how many results it had. */
    public long forget(long job) {
        return calls.ask(() -> soon(jobs()).forgetJob(ForgetJobRequest.newBuilder().setJob(job).build()).getResults());
    }

    /** What tasks write, and how they end. */
    public void output(OutputQuery query, OutputReader reader) {
        var output = new OutputCall(query, reader);
        Calls.Question<Boolean> read = () -> {
            calls.each(OutputServiceGrpc.newBlockingV2Stub(connection.channel()).readOutput(output.request()), news -> {
                output.take(news);
                return true;
            });
            return true;
        };
        var _ = query.follow() ? calls.ask(read) : calls.askOnce(read);
    }

    /** Results in the order they were recorded, each once; false if the time was over first. */
    public boolean results(ResultQuery query, Consumer<List<Result>> use) {
        var deadline = Deadline.after(query.timeout());
        var next = new AtomicLong(query.from());
        Calls.Question<Boolean> read = () -> {
            try {
                calls.each(deadline.on(results()).readResults(request(query, next.get())), some -> {
                    var results = some.getResultsList().stream().map(ViewsFromWire::result).toList();
                    use.accept(results);
                    results.forEach(result -> next.set(result.position() + 1));
                    return true;
                });
                return true;
            } catch (StatusException problem) {
                return notInTime(deadline, problem);
            }
        };
        return query.follow() ? calls.ask(deadline, read) : calls.askOnce(read);
    }

    private static ReadResultsRequest request(ResultQuery query, long from) {
        return ReadResultsRequest.newBuilder().setFrom(from).addAllJobs(query.jobs()).setFollow(query.follow()).build();
    }

    /** Hands the next result of a consumer to {@code use}; moves its cursor afterwards if it is to be acknowledged. */
    public void take(String consumer, @Nullable Duration wait, boolean acknowledge, Consumer<Taken> use) {
        calls.askOnce(() -> {
            new TakeCall(results(), failures).take(consumer, wait, acknowledge, use);
            return true;
        });
    }

    /** Sets the position a consumer reads next. */
    public void moveCursor(String consumer, long next) {
        calls.ask(() -> soon(results())
                .moveCursor(MoveCursorRequest.newBuilder().setConsumer(consumer).setNext(next).build()));
    }

    public Status status() {
        return calls.ask(() -> ViewsFromWire.status(soon(control()).getStatus(GetStatusRequest.getDefaultInstance())));
    }

    public List<Agent> agents() {
        return calls.ask(() -> soon(control()).listAgents(ListAgentsRequest.getDefaultInstance()).getAgentsList().stream()
                .map(ViewsFromWire::agent)
                .toList());
    }

    public void refuseJobs() {
        calls.ask(() -> soon(control()).close(CloseRequest.getDefaultInstance()));
    }

    public void acceptJobs() {
        calls.ask(() -> soon(control()).open(OpenRequest.getDefaultInstance()));
    }

    /** Puts STOP behind what is queued and tells how far it is, while that is wanted. */
    public void stop(boolean now, Predicate<StopProgress> wanted) {
        calls.ask(() -> {
            calls.each(control().stop(StopRequest.newBuilder().setNow(now).build()), news -> wanted.test(
                    new StopProgress(news.getTasksBefore(), news.getAgentsList(), news.getUnreachableList())));
            return true;
        });
    }

    @Override
    public void close() {
        connection.close();
    }

    private static boolean notInTime(Deadline deadline, StatusException problem) throws StatusException {
        if (deadline.isNone() || problem.getStatus().getCode() != io.grpc.Status.Code.DEADLINE_EXCEEDED) {
            throw problem;
        }
        return false;
    }

    private static <S extends io.grpc.stub.AbstractBlockingStub<S>> S soon(S stub) {
        return stub.withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private JobServiceBlockingV2Stub jobs() {
        return JobServiceGrpc.newBlockingV2Stub(connection.channel());
    }

    private ResultServiceBlockingV2Stub results() {
        return ResultServiceGrpc.newBlockingV2Stub(connection.channel());
    }

    private ControlServiceBlockingV2Stub control() {
        return ControlServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
