package dev.ganger.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.CodeRange;
import dev.ganger.model.Ending;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Order;
import dev.ganger.model.Piece;
import dev.ganger.model.Run;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.Survivors;
import dev.ganger.model.Tag;
import dev.ganger.model.TaskCommand;
import dev.ganger.model.TaskLimits;
import dev.ganger.proto.v1.CannotStart;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.StreamPosition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From the wire to the model; throws IllegalArgumentException, in a sentence for people, where the other side broke the contract. */
public final class FromWire {
    private FromWire() {}

    public static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }

    public static UUID uuid(ByteString bytes) {
        if (bytes.size() != 16) {
            throw new IllegalArgumentException("an instance has 16 bytes, not " + bytes.size());
        }
        var buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    public static Duration duration(com.google.protobuf.Duration duration) {
        try {
            return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("a duration is too long: " + duration.getSeconds() + " s", overflow);
        }
    }

    public static Instant instant(Timestamp timestamp) {
        try {
            return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
        } catch (DateTimeException | ArithmeticException overflow) {
            throw new IllegalArgumentException("a time is out of range: " + timestamp.getSeconds() + " s", overflow);
        }
    }

    public static AttemptId attempt(dev.ganger.proto.v1.AttemptId id) {
        return new AttemptId(id.getJob(), id.getIndex(), id.getNumber());
    }

    public static StreamName stream(OutputStream stream) {
        return switch (stream) {
            case OUTPUT_STREAM_STDOUT -> StreamName.STDOUT;
            case OUTPUT_STREAM_STDERR -> StreamName.STDERR;
            case OUTPUT_STREAM_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a stream is stdout or stderr");
        };
    }

    public static StreamId stream(StreamPosition position) {
        return new StreamId(attempt(position.getAttempt()), stream(position.getStream()));
    }

    public static Indices indices(dev.ganger.proto.v1.Indices indices) {
        var ranges = new ArrayList<IndexRange>(indices.getRangesCount());
        indices.getRangesList().forEach(range -> ranges.add(range(range)));
        return new Indices(ranges);
    }

    public static IndexRange range(dev.ganger.proto.v1.IndexRange range) {
        return new IndexRange(range.getFirst(), range.getLast(), range.getStep());
    }

    public static JobSpec spec(dev.ganger.proto.v1.JobSpec spec) {
        var arguments = spec.getArgumentsList().stream().map(FromWire::argument).toList();
        var environment = spec.getEnvironmentList().stream()
                .map(variable -> new EnvironmentVariable(bytes(variable.getName()), bytes(variable.getValue())))
                .toList();
        return new JobSpec(
                new TaskCommand(arguments, environment, bytes(spec.getDirectory()), bytes(spec.getInput())), spec.getName(),
                spec.getTagsList().stream().map(FromWire::tag).toList(),
                new Order(spec.getPriority(), spec.getMaxRunning(), spec.getAgent()), failurePolicy(spec),
                new TaskLimits(spec.hasTimeout() ? duration(spec.getTimeout()) : null,
                        spec.hasGrace() ? duration(spec.getGrace()) : Limits.DEFAULT_GRACE,
                        spec.hasOutputLimit() ? spec.getOutputLimit() : Limits.OUTPUT_BYTES));
    }

    static Tag tag(dev.ganger.proto.v1.Tag tag) {
        return new Tag(tag.getName(), tag.getValue());
    }

    private static FailurePolicy failurePolicy(dev.ganger.proto.v1.JobSpec spec) {
        return new FailurePolicy(spec.getRetries(),
                spec.getRetryOnList().stream().map(range -> new CodeRange(range.getFirst(), range.getLast())).toList(),
                spec.hasBackoff() ? backoff(spec.getBackoff()) : null, spec.hasMaxFailures() ? spec.getMaxFailures() : null,
                spec.hasCrashLimit() ? spec.getCrashLimit() : Limits.DEFAULT_CRASH_LIMIT);
    }

    private static Backoff backoff(dev.ganger.proto.v1.Backoff backoff) {
        return new Backoff(duration(backoff.getMin()), duration(backoff.getMax()));
    }

    private static Argument argument(dev.ganger.proto.v1.Argument argument) {
        return new Argument(argument.getPiecesList().stream().map(FromWire::piece).toList());
    }

    private static Piece piece(dev.ganger.proto.v1.Piece piece) {
        return switch (piece.getPieceCase()) {
            case LITERAL -> new Piece.Literal(bytes(piece.getLiteral()));
            case PLACEHOLDER -> switch (piece.getPlaceholder()) {
                case PLACEHOLDER_ENTRY -> new Piece.Entry(piece.getQuoted());
                case PLACEHOLDER_INDEX -> new Piece.Index();
                case PLACEHOLDER_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("no such placeholder: " + piece.getPlaceholderValue());
            };
            case FIELD -> new Piece.Field(piece.getField(), piece.getQuoted());
            case PIECE_NOT_SET -> throw new IllegalArgumentException("a piece of an argument is a literal or a placeholder");
        };
    }

    public static Run run(dev.ganger.proto.v1.Run run) {
        return new Run(run.getPid(), startedAt(run), instant(run.getFinishedAt()), ending(run.getEnding()),
                duration(run.getCpuUser()), duration(run.getCpuSystem()), run.getMaxRssBytes(), run.getStrays(),
                run.hasStdout() ? output(run.getStdout()) : StreamOutput.NOTHING,
                run.hasStderr() ? output(run.getStderr()) : StreamOutput.NOTHING, survivors(run));
    }

    private static Survivors survivors(dev.ganger.proto.v1.Run run) {
        return run.getSurvivorCount() == 0 && run.getSurvivorsCount() == 0
                ? Survivors.NONE
                : new Survivors(run.getSurvivorCount(), run.getSurvivorsList().stream()
                        .map(each -> new Survivors.Survivor(each.getPid(), each.getCommand())).toList());
    }

    private static @Nullable Instant startedAt(dev.ganger.proto.v1.Run run) {
        return run.hasStartedAt() ? instant(run.getStartedAt()) : null;
    }

    private static StreamOutput output(dev.ganger.proto.v1.StreamOutput output) {
        return new StreamOutput(output.getBytes(), bytes(output.getSha256()), output.getDropped(), bytes(output.getInline()));
    }

    public static Ending ending(dev.ganger.proto.v1.Ending ending) {
        return switch (ending.getReason()) {
            case REASON_EXIT -> new Ending.Exited(ending.getExitCode());
            case REASON_SIGNAL -> new Ending.Signaled(ending.getSignal());
            case REASON_TIMEOUT -> new Ending.TimedOut();
            case REASON_CANNOT_START -> new Ending.CannotStart(obstacle(ending.getCannotStart()), ending.getText());
            case REASON_LOST -> new Ending.Lost(ending.getText());
            case REASON_CANCELLED -> new Ending.Cancelled(ending.getText());
            case REASON_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("an ending needs a reason, not " + ending.getReasonValue());
        };
    }

    private static Ending.Obstacle obstacle(CannotStart obstacle) {
        return switch (obstacle) {
            case CANNOT_START_NO_SUCH_PROGRAM -> Ending.Obstacle.NO_SUCH_PROGRAM;
            case CANNOT_START_NOT_EXECUTABLE -> Ending.Obstacle.NOT_EXECUTABLE;
            case CANNOT_START_NO_SUCH_DIRECTORY -> Ending.Obstacle.NO_SUCH_DIRECTORY;
            case CANNOT_START_OTHER, CANNOT_START_UNSPECIFIED, UNRECOGNIZED -> Ending.Obstacle.OTHER;
        };
    }
}
