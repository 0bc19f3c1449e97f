package dev.ganger.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Piece;
import dev.ganger.model.Run;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.Tag;
import dev.ganger.model.TaskCommand;
import dev.ganger.proto.v1.CannotStart;
import dev.ganger.proto.v1.EnvironmentVariable;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.Placeholder;
import dev.ganger.proto.v1.Reason;
import dev.ganger.proto.v1.StreamPosition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/** From the model to the wire: the words of jobs and attempts. */
public final class ToWire {
    private ToWire() {}

    public static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.asBuffer());
    }

    public static ByteString uuid(UUID id) {
        var buffer = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return ByteString.copyFrom(buffer.flip());
    }

    public static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder().setSeconds(duration.getSeconds()).setNanos(duration.getNano()).build();
    }

    public static Timestamp instant(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).setNanos(instant.getNano()).build();
    }

    public static dev.ganger.proto.v1.AttemptId attempt(AttemptId id) {
        return dev.ganger.proto.v1.AttemptId.newBuilder().setJob(id.job()).setIndex(id.index()).setNumber(id.number()).build();
    }

    public static dev.ganger.proto.v1.Indices indices(Indices indices) {
        var builder = dev.ganger.proto.v1.Indices.newBuilder();
        indices.ranges().forEach(range -> builder.addRanges(range(range)));
        return builder.build();
    }

    public static dev.ganger.proto.v1.IndexRange range(IndexRange range) {
        return dev.ganger.proto.v1.IndexRange.newBuilder()
                .setFirst(range.first()).setLast(range.last()).setStep(range.step()).build();
    }

    public static OutputStream stream(StreamName stream) {
        return switch (stream) {
            case STDOUT -> OutputStream.OUTPUT_STREAM_STDOUT;
            case STDERR -> OutputStream.OUTPUT_STREAM_STDERR;
        };
    }

    public static StreamPosition position(StreamId stream, long offset) {
        return StreamPosition.newBuilder()
                .setAttempt(attempt(stream.attempt())).setStream(stream(stream.name())).setOffset(offset).build();
    }

    public static dev.ganger.proto.v1.JobSpec spec(JobSpec spec) {
        var builder = dev.ganger.proto.v1.JobSpec.newBuilder()
                .setName(spec.name())
                .addAllTags(spec.tags().stream().map(ToWire::tag).toList())
                .setPriority(spec.order().priority())
                .setMaxRunning(spec.order().maxRunning())
                .setAgent(spec.order().agent())
                .setGrace(duration(spec.limits().grace()))
                .setOutputLimit(spec.limits().output());
        if (spec.limits().timeout() != null) {
            builder.setTimeout(duration(spec.limits().timeout()));
        }
        addCommand(builder, spec.command());
        addFailurePolicy(builder, spec.failure());
        return builder.build();
    }

    static dev.ganger.proto.v1.Tag tag(Tag tag) {
        return dev.ganger.proto.v1.Tag.newBuilder().setName(tag.name()).setValue(tag.value()).build();
    }

    private static void addCommand(dev.ganger.proto.v1.JobSpec.Builder builder, TaskCommand command) {
        builder.setDirectory(bytes(command.directory())).setInput(bytes(command.input()));
        command.arguments().forEach(argument -> builder.addArguments(argument(argument)));
        for (var variable : command.environment()) {
            builder.addEnvironment(EnvironmentVariable.newBuilder()
                    .setName(bytes(variable.name())).setValue(bytes(variable.value())));
        }
    }

    private static void addFailurePolicy(dev.ganger.proto.v1.JobSpec.Builder builder, FailurePolicy failure) {
        builder.setRetries(failure.retries());
        failure.retryOn().forEach(range -> builder.addRetryOn(
                dev.ganger.proto.v1.CodeRange.newBuilder().setFirst(range.first()).setLast(range.last())));
        if (failure.backoff() != null) {
            builder.setBackoff(dev.ganger.proto.v1.Backoff.newBuilder()
                    .setMin(duration(failure.backoff().min())).setMax(duration(failure.backoff().max())));
        }
        if (failure.maxFailures() != null) {
            builder.setMaxFailures(failure.maxFailures());
        }
        if (failure.crashLimit() != Limits.DEFAULT_CRASH_LIMIT) {
            builder.setCrashLimit(failure.crashLimit());
        }
    }

    private static dev.ganger.proto.v1.Argument argument(Argument argument) {
        var builder = dev.ganger.proto.v1.Argument.newBuilder();
        for (var piece : argument.pieces()) {
            var target = builder.addPiecesBuilder();
            switch (piece) {
                case Piece.Literal(var literal) -> target.setLiteral(bytes(literal));
                case Piece.Entry(var quoted) -> target.setPlaceholder(Placeholder.PLACEHOLDER_ENTRY).setQuoted(quoted);
                case Piece.Index() -> target.setPlaceholder(Placeholder.PLACEHOLDER_INDEX);
                case Piece.Field(var name, var quoted) -> target.setField(name).setQuoted(quoted);
            }
        }
        return builder.build();
    }

    public static dev.ganger.proto.v1.Run run(Run run) {
        var builder = dev.ganger.proto.v1.Run.newBuilder()
                .setPid(run.pid())
                .setFinishedAt(instant(run.finishedAt()))
                .setEnding(ending(run.ending()))
                .setCpuUser(duration(run.cpuUser()))
                .setCpuSystem(duration(run.cpuSystem()))
                .setMaxRssBytes(run.maxRssBytes())
                .setStrays(run.strays())
                .setSurvivorCount(run.survivors().count());
        run.survivors().named().forEach(
                each -> builder.addSurvivorsBuilder().setPid(each.pid()).setCommand(each.command()));
        if (!run.stdout().equals(StreamOutput.NOTHING)) {
            builder.setStdout(output(run.stdout()));
        }
        if (!run.stderr().equals(StreamOutput.NOTHING)) {
            builder.setStderr(output(run.stderr()));
        }
        if (run.startedAt() != null) {
            builder.setStartedAt(instant(run.startedAt()));
        }
        return builder.build();
    }

    private static dev.ganger.proto.v1.StreamOutput output(StreamOutput output) {
        return dev.ganger.proto.v1.StreamOutput.newBuilder()
                .setBytes(output.bytes())
                .setSha256(bytes(output.sha256()))
                .setDropped(output.dropped())
                .setInline(bytes(output.inline()))
                .build();
    }

    public static dev.ganger.proto.v1.Ending ending(Ending ending) {
        var builder = dev.ganger.proto.v1.Ending.newBuilder();
        switch (ending) {
            case Ending.Exited(var code) -> builder.setReason(Reason.REASON_EXIT).setExitCode(code);
            case Ending.Signaled(var signal) -> builder.setReason(Reason.REASON_SIGNAL).setSignal(signal);
            case Ending.TimedOut() -> builder.setReason(Reason.REASON_TIMEOUT);
            case Ending.CannotStart(var obstacle, var text) ->
                builder.setReason(Reason.REASON_CANNOT_START).setCannotStart(obstacle(obstacle)).setText(text);
            case Ending.Lost(var text) -> builder.setReason(Reason.REASON_LOST).setText(text);
            case Ending.Cancelled(var text) -> builder.setReason(Reason.REASON_CANCELLED).setText(text);
        }
        return builder.build();
    }

    private static CannotStart obstacle(Ending.Obstacle obstacle) {
        return switch (obstacle) {
            case NO_SUCH_PROGRAM -> CannotStart.CANNOT_START_NO_SUCH_PROGRAM;
            case NOT_EXECUTABLE -> CannotStart.CANNOT_START_NOT_EXECUTABLE;
            case NO_SUCH_DIRECTORY -> CannotStart.CANNOT_START_NO_SUCH_DIRECTORY;
            case OTHER -> CannotStart.CANNOT_START_OTHER;
        };
    }
}
