package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.AgentId;
import dev.ganger.model.Argument;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Order;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskCommand;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskLimits;
import dev.ganger.model.TaskState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Values that tests store. */
final class Samples {
    static final Instant AT = Instant.parse("2026-11-01T10:00:00.123456789Z");
    static final UUID DRAFT = UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd");
    static final UUID OTHER_DRAFT = UUID.fromString("f1234567-89ab-4cde-8f01-23456789abcd");
    static final AgentId AGENT = new AgentId("vm-1", UUID.fromString("89abcdef-0123-4567-89ab-cdef01234567"), 3);
    static final AgentId OTHER_AGENT = new AgentId("vm-ü", UUID.fromString("79abcdef-0123-4567-89ab-cdef01234567"), 1);
    static final AttemptId ATTEMPT = new AttemptId(42, 7, 2);
    static final JobSpec SPEC = new JobSpec(new TaskCommand(
            List.of(Argument.literal(Bytes.utf8("echo")), Argument.parse(Bytes.utf8("a{}b{#}c"), false, false),
                    Argument.literal(Bytes.EMPTY),
                    Argument.literal(Bytes.of((byte) 0xff, (byte) 0xfe))),
            List.of(new EnvironmentVariable(Bytes.utf8("A"), Bytes.utf8("1"))), Bytes.utf8("/tmp"), Bytes.EMPTY),
            "näme", List.of(), new Order(-3, 0, ""), FailurePolicy.DEFAULT.retrying(4),
            new TaskLimits(Duration.ofMillis(1500), Duration.ofSeconds(10), Limits.OUTPUT_BYTES));
    static final Run RUN = new Run(4711, AT, AT.plusMillis(3), new Ending.Exited(0), Duration.ofNanos(1_234_567),
            Duration.ofNanos(987_654), 3_456_789, 0, StreamOutput.NOTHING, StreamOutput.NOTHING);
    static final Run FAILED_RUN = new Run(4712, AT, AT.plusSeconds(1), new Ending.Signaled(9), Duration.ofSeconds(2),
            Duration.ZERO, 1, 2, new StreamOutput(5, Bytes.utf8("sha"), 2, Bytes.utf8("abc")), StreamOutput.NOTHING);

    private Samples() {}

    static Result result(long position, long job, long index) {
        return result(position, job, index, 1);
    }

    static Result result(long position, long job, long index, int round) {
        return new Result(position, new TaskId(job, index), round, 1, TaskState.SUCCEEDED, AGENT.name(), RUN, List.of(), AT);
    }

    /** A result with all that a result can have. */
    static Result fullResult(long position) {
        var earlier = Attempt.ended(1, "vm-1", TaskState.FAILED, FAILED_RUN.withoutOutput());
        var lost = new Attempt(2, "vm-2", TaskState.LOST, 4242, AT, null);
        return new Result(position, new TaskId(42, 7), 2, 3, TaskState.FAILED, "vm-1", FAILED_RUN, List.of(earlier, lost), AT);
    }

    static Payload.CancelledRange cancelledRange(long position, long job) {
        var indices = new Indices(List.of(new IndexRange(2, 10, 2), IndexRange.single(20), new IndexRange(30, 34, 1)));
        return new Payload.CancelledRange(position, job, 1, indices, "not needed", AT);
    }

    static Payload.Recorded recorded(Result result) {
        return new Payload.Recorded(result, List.of());
    }

    static Event.Finished finished(long position, long job, long index) {
        return new Event.Finished(AGENT, new AttemptId(job, index, 1), TaskState.SUCCEEDED, position, AT);
    }

    /** A batch that records these. */
    static Batch results(Result... results) {
        var events = new ArrayList<Event.Durable>();
        var payloads = new ArrayList<Payload>();
        for (var result : results) {
            events.add(finished(result.position(), result.task().job(), result.task().index()));
            payloads.add(recorded(result));
        }
        return new Batch(events, payloads);
    }

    static Batch cursor(long next) {
        return new Batch(List.of(new Event.CursorMoved("reader", next)), List.of());
    }

    /** A batch that stores a chunk of entries. */
    static Batch chunk(UUID draft, int number, List<Bytes> entries) {
        var size = entries.stream().mapToInt(entry -> Integer.BYTES + entry.size()).sum();
        var body = ByteBuffer.allocate(size);
        entries.forEach(entry -> body.putInt(entry.size()).put(entry.asBuffer()));
        return new Batch(List.of(new Event.ChunkStored(draft, number, entries.size(), size)),
                List.of(new Payload.EntryChunk(draft, number, entries.size(), Bytes.wrap(body.array()))));
    }
}
