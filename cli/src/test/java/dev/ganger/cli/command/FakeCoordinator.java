package dev.ganger.cli.command;

import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.JobState;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.Status;
import dev.ganger.model.Tag;
import dev.ganger.model.TaskId;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A coordinator in memory with one imaginary agent, behind a real connection on loopback. All state is guarded by this object. */
final class FakeCoordinator implements AutoCloseable {
    final TreeMap<Long, FakeJob> jobs = new TreeMap<>();
    final List<Result> results = new ArrayList<>();
    final Map<String, Long> cursors = new HashMap<>();
    final List<Agent> agents = new ArrayList<>();
    final List<List<String>> stopAnswers = new ArrayList<>();
    long limit = 10_000_000;
    boolean open = true;
    boolean stopping;
    boolean stoppedNow;
    boolean stopSkips;
    /** What is in front of STOP and would never start, in words. */
    String stuck = "";
    /** What is said of jobs and tasks. */
    final Map<String, List<String>> explanations = new HashMap<>();
    /** How many more submits break after they were accepted. */
    int breakingSubmits;
    /** How many more submits break in the middle of their entries. */
    int breakingStreams;
    String version = "0.1.0";
    /** It does not know how to close. */
    boolean old;
    /** It knows states that nobody here does. */
    boolean strange;
    long streamedEntries;
    int largestChunk;
    int waitingSubmits;
    int watching;
    volatile String cancelReason = "";
    volatile String holdReason = "";
    volatile String retryReason = "";
    final FakeOutput output = new FakeOutput(this);
    /** After how many results each of the next calls breaks. */
    final ArrayDeque<Integer> resultBreaks = new ArrayDeque<>();
    /** From where results were read. */
    final List<Long> resultsFrom = new ArrayList<>();
    /** How many more watches break after their first news. */
    int watchBreaks;
    /** Results before this position are no longer kept. */
    long firstKept;
    /** What the consumer is told to have missed. */
    long missed;
    final FakeAccess access = new FakeAccess();
    private final ServerCredentials credentials;
    private final int port;
    private Server server;

    FakeCoordinator() {
        this(_ -> InsecureServerCredentials.create());
    }

    /** One that wants TLS. */
    static FakeCoordinator encrypted() {
        return new FakeCoordinator(access -> FakeTls.credentials(access.authority.coordinator(Instant.now())));
    }

    FakeCoordinator(Function<FakeAccess, ServerCredentials> made) {
        credentials = made.apply(access);
        agents.add(new Agent(new AgentId("fake-1", new UUID(1, 2), 1), Agent.State.ALIVE, 99, 4,
                List.of(new AttemptId(1, 1, 1)), 1, "0.1.0", Endings.START, new TreeMap<>(), ""));
        server = serve(0);
        port = server.getPort();
    }

    private Server serve(int at) {
        try {
            return Grpc.newServerBuilderForPort(at, credentials)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .intercept(new FakeGate(access))
                    .addService(new FakeAccessService(this))
                    .addService(new FakeJoinService(access))
                    .addService(new FakeJobService(this))
                    .addService(new FakeResultService(this))
                    .addService(new FakeControlService(this))
                    .addService(new FakeOutputService(this))
                    .build()
                    .start();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    String address() {
        return "localhost:" + port;
    }

    /** Nobody can reach it until it returns. */
    void vanish() {
        server.shutdownNow();
        try {
            server.awaitTermination(20, TimeUnit.SECONDS);
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    void comeBack() {
        server = serve(port);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    synchronized FakeJob accept(JobSpec spec, String key, Indices indices, @Nullable List<Bytes> entries) {
        var existing = jobs.values().stream().filter(job -> job.key.equals(key)).findFirst();
        if (existing.isPresent()) {
            return existing.get();
        }
        var job = new FakeJob(jobs.isEmpty() ? 1 : jobs.lastKey() + 1, spec, key, indices, entries);
        jobs.put(job.id, job);
        if (!agents.isEmpty()) {
            work(job);
        }
        notifyAll();
        return job;
    }

    void work(FakeJob job) {
        for (var ordinal = 0; ordinal < Math.min(job.total, FakeJob.KEPT); ordinal++) {
            var index = job.indices.indexAt(ordinal);
            var run = Endings.of(job.spec, job.input(index), index);
            if (run != null && !job.runs.containsKey(index)) {
                finish(job, index, run);
            }
        }
    }

    synchronized void finish(FakeJob job, long index, Run seen) {
        var task = new TaskId(job.id, index);
        var attempt = task.attempt(Math.max(output.newest(task).number(), job.past(index).size() + 1));
        var run = output.complete(attempt, seen);
        job.runs.put(index, run);
        var result = new Result(results.size() + 1, task, job.round(index), attempt.number(), FakeJob.state(run), "fake-1",
                run, job.past(index), run.finishedAt());
        results.add(result);
        output.add(result);
        notifyAll();
    }

    /** Ends what only a cancel or this can end. */
    synchronized void finishAll(Ending ending) {
        for (var job : jobs.values()) {
            cancel(job, job.indices, Endings.run(ending, Bytes.EMPTY, Bytes.EMPTY, 0));
        }
    }

    synchronized long cancel(FakeJob job, Indices indices, Run run) {
        var cancelled = 0L;
        for (var ordinal = 0; ordinal < Math.min(indices.count(), FakeJob.KEPT); ordinal++) {
            var index = indices.indexAt(ordinal);
            if (job.indices.ordinalOf(index) >= 0 && !job.runs.containsKey(index)) {
                finish(job, index, run);
                cancelled++;
            }
        }
        return cancelled;
    }

    /** Ends what is not final of one job. */
    synchronized void finishJob(long id, Ending ending) {
        var job = job(id);
        cancel(job, job.indices, Endings.run(ending, Bytes.EMPTY, Bytes.EMPTY, 0));
    }

    /** A job that waits, with these tags. */
    void submitTagged(String... tags) {
        var spec = JobSpec.of(List.of(Argument.literal(Bytes.utf8("sleep")))).tagged(Stream.of(tags).map(Tag::parse).toList());
        accept(spec, List.of(tags).toString(), Indices.of(1, 1), null);
    }

    FakeJob job(long id) {
        return java.util.Objects.requireNonNull(jobs.get(id));
    }

    /** An agent comes and works on what is there. */
    synchronized void agentArrives() {
        agents.add(new Agent(new AgentId("late", new UUID(3, 4), 1), Agent.State.ALIVE, 98, 4, List.of(), 0, "0.1.0",
                Endings.START, new TreeMap<>(), ""));
        jobs.values().forEach(this::work);
        notifyAll();
    }

    synchronized long unfinished() {
        return jobs.values().stream().mapToLong(job -> job.total - job.runs.size()).sum();
    }

    synchronized Status status() {
        var states = jobs.values().stream().map(job -> job.view().state()).toList();
        return new Status(unfinished(), unfinished(), limit, results.size(), results.size() + 1, 3L << 19,
                new Status.Jobs(count(states, JobState.QUEUED), count(states, JobState.RUNNING),
                        count(states, JobState.SUCCEEDED),
                        count(states, JobState.FAILED), count(states, JobState.CANCELLED)),
                new Status.Agents(agents.size(), 0, 0, 4L * agents.size(), 1), open, stopping, 12.5, waitingSubmits, version);
    }

    private static long count(List<JobState> states, JobState wanted) {
        return states.stream().filter(wanted::equals).count();
    }

    /** Waits in a handler's own thread until something has changed. */
    synchronized void awaitChange(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Waits in a test until the other side has got so far. */
    synchronized void await(java.util.function.BooleanSupplier condition) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 20 s in vain");
            }
            awaitChange(10);
        }
    }
}
