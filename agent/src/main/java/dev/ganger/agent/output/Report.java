package dev.ganger.agent.output;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ganger.agent.core.Action;
import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.proto.v1.AttemptEnded;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A record of the file of reports. */
sealed interface Report {
    /** Checksum, length. */
    int HEADER_BYTES = 8;
    /** A result with the output inside it is far smaller. */
    int MOST_BYTES = 1 << 20;
    /** Job, index, number. */
    int ATTEMPT_BYTES = 20;

    /** What became of an attempt, and of how much of its streams it was known then that it is stored. */
    record Keep(Action.Over over, long stdoutStored, long stderrStored) implements Report {}

    /** All of its output is stored. */
    record Stored(AttemptId attempt) implements Report {}

    /** It need not be reported. */
    record Forget(AttemptId attempt) implements Report {}

    /** What stands before the offset is stored. */
    record Floor(StreamId stream, long offset) implements Report {}

    /** As it stands in the file. */
    default byte[] encoded() {
        return switch (this) {
            case Keep(var over, var stdoutStored, var stderrStored) -> {
                var message = AttemptEnded.newBuilder().setAttempt(ToWire.attempt(over.attempt())).setRun(ToWire.run(over.run()))
                        .build();
                var buffer = buffer(Kind.KEEP, 2 * Long.BYTES + message.getSerializedSize());
                yield sealed(write(buffer.putLong(stdoutStored).putLong(stderrStored), message));
            }
            case Stored(var attempt) -> sealed(put(buffer(Kind.STORED, ATTEMPT_BYTES), attempt));
            case Forget(var attempt) -> sealed(put(buffer(Kind.FORGET, ATTEMPT_BYTES), attempt));
            case Floor(var stream, var offset) -> sealed(put(buffer(Kind.FLOOR, ATTEMPT_BYTES + 1 + Long.BYTES), stream.attempt())
                    .put((byte) stream.name().ordinal()).putLong(offset));
        };
    }

    /** How long one says it is at the start of the buffer, whether it is whole or not; 0 if it says nothing of sense. */
    static int lengthOf(ByteBuffer source) {
        var length = source.remaining() < HEADER_BYTES ? 0 : source.getInt(source.position() + Integer.BYTES);
        return length < 1 || length > MOST_BYTES ? 0 : HEADER_BYTES + length;
    }

    /** From a buffer that begins with one, which it is moved behind; null if there is no whole one. */
    static @Nullable Report read(ByteBuffer source) {
        var start = source.position();
        var length = lengthOf(source);
        if (length == 0 || source.remaining() < length) {
            return null;
        }
        var whole = source.slice(start, length);
        if (whole.getInt(0) != checksum(whole)) {
            return null;
        }
        source.position(start + length);
        return decode(whole.position(HEADER_BYTES));
    }

    /** Throws IllegalArgumentException for what this version does not know. */
    private static Report decode(ByteBuffer body) {
        try {
            return switch (Frame.of(Kind.values(), body.get())) {
                case KEEP -> keep(body.getLong(), body.getLong(), body);
                case STORED -> new Stored(attempt(body));
                case FORGET -> new Forget(attempt(body));
                case FLOOR -> new Floor(new StreamId(attempt(body), Frame.of(StreamName.values(), body.get())), body.getLong());
            };
        } catch (BufferUnderflowException shorter) {
            throw new IllegalArgumentException("a record is shorter than this version knows it", shorter);
        }
    }

    private static Keep keep(long stdoutStored, long stderrStored, ByteBuffer body) {
        try {
            var message = AttemptEnded.parseFrom(body);
            var over = new Action.Over(FromWire.attempt(message.getAttempt()), FromWire.run(message.getRun()));
            return new Keep(over, stdoutStored, stderrStored);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException("a record holds no report: " + malformed.getMessage(), malformed);
        }
    }

    /** What kind of record follows; only ever added to. */
    enum Kind {
        KEEP, STORED, FORGET, FLOOR
    }

    private static ByteBuffer buffer(Kind kind, int bodyBytes) {
        return ByteBuffer.allocate(HEADER_BYTES + 1 + bodyBytes).putInt(0).putInt(1 + bodyBytes).put((byte) kind.ordinal());
    }

    private static ByteBuffer put(ByteBuffer target, AttemptId attempt) {
        return target.putLong(attempt.job()).putLong(attempt.index()).putInt(attempt.number());
    }

    private static AttemptId attempt(ByteBuffer source) {
        return new AttemptId(source.getLong(), source.getLong(), source.getInt());
    }

    private static ByteBuffer write(ByteBuffer target, AttemptEnded message) {
        try {
            var stream = CodedOutputStream.newInstance(target);
            message.writeTo(stream);
            stream.flush();
            return target;
        } catch (IOException impossible) {
            throw new AssertionError("it has room", impossible);
        }
    }

    private static byte[] sealed(ByteBuffer whole) {
        return whole.clear().putInt(0, checksum(whole)).array();
    }

    private static int checksum(ByteBuffer whole) {
        var sum = new CRC32C();
        sum.update(whole.slice(Integer.BYTES, whole.limit() - Integer.BYTES));
        return (int) sum.getValue();
    }
}
