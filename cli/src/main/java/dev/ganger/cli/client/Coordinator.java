package dev.ganger.cli.client;

import dev.ganger.model.Indices;
import dev.ganger.model.Status;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.OutputServiceGrpc;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The coordinator as the verbs see it; every method throws a {@link Failure} where it cannot do its work. */
public final class Coordinator implements AutoCloseable {
    private final Connection connection;
    private final Failures failures;
    private final Calls calls;

    private Coordinator(Destination coordinator, Reconnect reconnect) {
        this.connection = new Connection(coordinator, reconnect);
        this.failures = new Failures(coordinator);
        this.calls = new Calls(failures, connection);
    }

    /** Nothing is sent before the first call. */
    public static Coordinator at(Destination coordinator, Reconnect reconnect) {
        return new Coordinator(coordinator, reconnect);
    }

    /** How it is there. Throws a Failure if it is a Ganger that would not understand all of a job. */
    public Status greet() {
        var status = status();
        Peer.check(status.version(), connection.coordinator().toString());
        return status;
    }

    public JobCalls jobs() {
        return new JobCalls(connection, calls);
    }

    public ResultCalls results() {
        return new ResultCalls(connection, calls, failures);
    }

    public ControlCalls control() {
        return new ControlCalls(connection, calls);
    }

    public AgentCalls agents() {
        return new AgentCalls(connection, calls);
    }

    public AccessCalls access() {
        return new AccessCalls(connection, calls);
    }

    public Accepted submit(Submission submission, Consumer<QueueFull> waiting) {
        var submit = new SubmitCall(() -> JobServiceGrpc.newBlockingV2Stub(connection.channel()), submission, waiting, failures);
        try {
            return submission.isRepeatable() ? calls.ask(submit::submit) : calls.askOnce(submit::submit);
        } catch (Failure failure) {
            throw failure.kind() == Failure.Kind.UNREACHABLE ? failure.with(submit.outcome()) : failure;
        }
    }

    public JobDetails job(long id) {
        return jobs().job(id);
    }

    /** Cancels what is not final of the job, or of the tasks with these indices. */
    public Cancelled cancel(long job, @Nullable Indices indices, String reason) {
        return jobs().cancel(new TaskSelection(job, indices, List.of()), reason);
    }

    public Status status() {
        return control().status();
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

    @Override
    public void close() {
        connection.close();
    }
}
