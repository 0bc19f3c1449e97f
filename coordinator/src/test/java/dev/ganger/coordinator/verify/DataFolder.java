package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Selection;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.core.State;
import dev.ganger.coordinator.core.Time;
import dev.ganger.coordinator.loop.CoreLoop;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.output.SegmentStore;
import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.model.AgentId;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Run;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskLimits;
import dev.ganger.model.TaskState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A data folder in the making, by the parts of a real coordinator: store, loop and segments; whoever holds it is client and agents. */
final class DataFolder implements AutoCloseable {
    static final JobSpec SPEC = JobSpec.of(List.of(Argument.literal(Bytes.utf8("true"))));
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
    private static final SortedMap<String, String> NO_LABELS = new TreeMap<>();

    private final Path path;
    /** Milliseconds; time passes only when it is said to. */
    private final AtomicLong now = new AtomicLong();
    private SqliteStore store;
    private OutputStore outputs;
    private CoreLoop core;
    private long drafts;
    private long sessions;
    private long beats;

    DataFolder(Path path) {
        this.path = path;
        this.store = SqliteStore.open(path);
        this.outputs = segments();
        this.core = loop();
    }

    private OutputStore segments() {
        return SegmentStore.open(path.resolve("output"), SqliteOutputIndex.open(path.resolve("output")), DataFolder::fail);
    }

    private CoreLoop loop() {
        var loop = new CoreLoop(Settings.DEFAULT, store, store, store,
                () -> new Time(now.get(), AT.plusMillis(now.get())), DataFolder::fail);
        loop.start();
        return loop;
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    Path path() {
        return path;
    }

    Verdict verify() {
        try {
            return Verification.of(path, _ -> {});
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Stops, keeps all so far as a snapshot, and goes on. */
    void snapshot() {
        close();
        store = SqliteStore.open(path);
        var state = new State();
        var last = store.recover(state::apply);
        store.snapshot(last, state.snapshot());
        store.close();
        store = SqliteStore.open(path);
        outputs = segments();
        core = loop();
    }

    <R> R ask(Command<R> command) {
        return switch (core.execute(command).join()) {
            case Outcome.Replied<R>(var reply) -> reply;
            case Outcome.Refused<R>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    void pass(Duration time) {
        now.addAndGet(time.toMillis());
        core.read(_ -> 0).join();
    }

    // ---- a client

    static JobSpec retrying(int retries) {
        return SPEC.with(FailurePolicy.DEFAULT.retrying(retries));
    }

    static JobSpec keeping(long outputBytes) {
        return SPEC.with(new TaskLimits(null, TaskLimits.DEFAULT.grace(), outputBytes));
    }

    long submit(JobSpec spec, int tasks, String key) {
        return accepted(new Command.Submit(new UUID(1, ++drafts), "me", key, Bytes.utf8(key), spec, Indices.of(1, tasks), false,
                null));
    }

    long submit(int tasks) {
        return submit(SPEC, tasks, "");
    }

    /** A task for each entry. */
    long submitEach(String... entries) {
        var draft = new UUID(1, ++drafts);
        var size = List.of(entries).stream().mapToInt(entry -> Integer.BYTES + entry.length()).sum();
        var body = ByteBuffer.allocate(size);
        List.of(entries).forEach(entry -> body.putInt(entry.length()).put(entry.getBytes(StandardCharsets.US_ASCII)));
        ask(new Command.StoreChunk(draft, 1, entries.length, Bytes.wrap(body.array())));
        return accepted(new Command.Submit(draft, "me", "", Bytes.EMPTY, SPEC, Indices.of(1, entries.length), true, null));
    }

    private long accepted(Command.Submit submit) {
        return ((Command.Submission.Accepted) ask(submit)).job();
    }

    void cancel(long job) {
        ask(new Command.Cancel(job, null, "not needed"));
    }

    void retry(long job) {
        ask(new Command.Retry(new Selection(job, null, Set.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED)),
                "again"));
    }

    /** As housekeeping does. */
    void forget(long job) {
        ask(new Command.Forget(job));
        outputs.forget(job);
    }

    void moveCursor(String consumer, long next) {
        ask(new Command.MoveCursor(consumer, next));
    }

    // ---- agents

    static AgentId agent(int number) {
        return new AgentId("vm-" + number, new UUID(2, number), 1);
    }

    /** An agent that holds nothing, and takes as many tasks as that. */
    long attach(AgentId agent, int room) {
        var session = ++sessions;
        ask(new Command.Attach(session, agent, Math.max(1, room), 1, "test", NO_LABELS, ++beats, List.of()));
        ask(new Command.Pull(session, agent, 0, room, 0));
        return session;
    }

    List<AttemptId> leased(long job) {
        return core.read(views -> views.leased(job)).join();
    }

    /** The agent is as alive as it can be, and has what it has. */
    void beat(AgentId agent, long session, AttemptId... held) {
        ask(new Command.Beat(session, agent, ++beats, 0, List.of(held)));
    }

    void write(AttemptId attempt, StreamName name, long limit, long offset, byte[] bytes) {
        outputs.append(new StreamId(attempt, name), limit, offset, ByteBuffer.wrap(bytes));
        outputs.sync().join();
    }

    void end(AgentId agent, AttemptId attempt, Run run) {
        ask(new Command.Report(1, agent, List.of(), List.of(new Command.Ended(attempt, run)), List.of()));
    }

    void end(AgentId agent, AttemptId attempt, Ending ending) {
        end(agent, attempt, ran(ending, StreamOutput.NOTHING));
    }

    void giveBack(AgentId agent, AttemptId attempt) {
        ask(new Command.Report(1, agent, List.of(), List.of(), List.of(attempt)));
    }

    /** Writes, uploads and succeeds. */
    void succeed(AgentId agent, AttemptId attempt, byte[] out) {
        write(attempt, StreamName.STDOUT, Long.MAX_VALUE, 0, out);
        end(agent, attempt, ran(new Ending.Exited(0), uploaded(out)));
    }

    void succeedInline(AgentId agent, AttemptId attempt, String out) {
        var bytes = Bytes.utf8(out);
        end(agent, attempt, ran(new Ending.Exited(0), new StreamOutput(bytes.size(), sha256(bytes.toByteArray()), 0, bytes)));
    }

    /** Writes more than is kept, as an agent uploads it: the head and the tail. */
    void succeedLimited(AgentId agent, AttemptId attempt, byte[] out, int limit) {
        var head = limit / 2;
        var tail = limit - head;
        write(attempt, StreamName.STDOUT, limit, 0, java.util.Arrays.copyOf(out, head));
        write(attempt, StreamName.STDOUT, limit, out.length - tail,
                java.util.Arrays.copyOfRange(out, out.length - tail, out.length));
        end(agent, attempt,
                ran(new Ending.Exited(0), new StreamOutput(out.length, sha256(out), out.length - limit, Bytes.EMPTY)));
    }

    static Run ran(Ending ending, StreamOutput out) {
        return new Run(4711, AT, AT.plusSeconds(1), ending, Duration.ZERO, Duration.ZERO, 1, 0, out, StreamOutput.NOTHING);
    }

    static StreamOutput uploaded(byte[] out) {
        return new StreamOutput(out.length, sha256(out), 0, Bytes.EMPTY);
    }

    static Bytes sha256(byte[] bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Bytes that are not all alike. */
    static byte[] text(int size, int seed) {
        var bytes = new byte[size];
        new java.util.SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** What the sweeper and the index still have to do is done. */
    void settle() {
        close();
        store = SqliteStore.open(path);
        outputs = segments();
        core = loop();
    }

    /** In a process of its own: opens the folder, and does something. */
    static void main(String[] arguments) {
        try (var data = new DataFolder(Path.of(arguments[0]))) {
            data.submit(3);
        }
    }

    @Override
    public void close() {
        core.close();
        outputs.close();
        store.close();
    }
}
