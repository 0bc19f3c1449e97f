package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Run;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskLimits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Values for tests of output. */
final class Samples {
    static final AttemptId FIRST = new AttemptId(1, 1, 1);
    static final AttemptId SECOND = new AttemptId(1, 2, 1);

    private Samples() {}

    static StreamId stdout(AttemptId attempt) {
        return new StreamId(attempt, StreamName.STDOUT);
    }

    static StreamId stderr(AttemptId attempt) {
        return new StreamId(attempt, StreamName.STDERR);
    }

    static JobSpec spec(int retries, long outputLimit) {
        return JobSpec.of(List.of(Argument.literal(Bytes.utf8("true")))).with(FailurePolicy.DEFAULT.retrying(retries))
                .with(new TaskLimits(null, Duration.ofSeconds(10), outputLimit));
    }

    static byte[] noise(int size, long seed) {
        var bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    static Bytes sha256(byte[] bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Uploaded: the run has none of its bytes inside. */
    static StreamOutput uploaded(byte[] bytes) {
        return bytes.length == 0 ? StreamOutput.NOTHING : new StreamOutput(bytes.length, sha256(bytes), 0, Bytes.EMPTY);
    }

    static StreamOutput inline(byte[] bytes) {
        return new StreamOutput(bytes.length, sha256(bytes), 0, Bytes.of(bytes));
    }

    static Action.Over over(AttemptId attempt, StreamOutput stdout, StreamOutput stderr) {
        return new Action.Over(attempt,
                new Run(7, Instant.EPOCH, Instant.EPOCH.plusSeconds(1), new Ending.Exited(0), Duration.ZERO,
                        Duration.ZERO, 0, 0, stdout, stderr));
    }
}
