package dev.ganger.agent.output;

import dev.ganger.model.Bytes;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamOutput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Takes what one stream of one attempt writes: counts and digests all of it, keeps the beginning. */
public final class StreamCollector {
    private long bytes;
    private @Nullable MessageDigest digest;
    private @Nullable ByteArrayOutputStream kept;

    /** The buffer is read to its end. */
    public void accept(ByteBuffer chunk) {
        var first = kept;
        var sum = digest;
        if (first == null || sum == null) {
            kept = first = new ByteArrayOutputStream(Math.min(chunk.remaining(), Limits.INLINE_OUTPUT_BYTES));
            digest = sum = sha256();
        }
        bytes += chunk.remaining();
        var keep = new byte[Math.min(chunk.remaining(), Limits.INLINE_OUTPUT_BYTES - first.size())];
        chunk.get(chunk.position(), keep);
        first.writeBytes(keep);
        sum.update(chunk);
    }

    /** All of it; to be called once, at the end. */
    public StreamOutput output() {
        if (kept == null || digest == null) {
            return StreamOutput.NOTHING;
        }
        return new StreamOutput(bytes, Bytes.wrap(digest.digest()), bytes - kept.size(), Bytes.wrap(kept.toByteArray()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
