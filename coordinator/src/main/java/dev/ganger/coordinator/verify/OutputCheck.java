package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.output.FrozenOutput;
import dev.ganger.coordinator.output.OutputException;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Compares what results say of output with the bytes that are kept: in the result itself, or in segments. */
final class OutputCheck {
    private static final int PIECE_BYTES = 1 << 20;

    private final FrozenOutput outputs;
    private final Faults faults;
    private final Tally tally;
    private final MessageDigest digest;

    OutputCheck(FrozenOutput outputs, Faults faults, Tally tally) {
        this.outputs = outputs;
        this.faults = faults;
        this.tally = tally;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has it", impossible);
        }
    }

    void take(Result result) {
        for (var name : StreamName.values()) {
            var output = result.run().output(name);
            var stream = new StreamId(result.task().attempt(result.attempt()), name);
            if (output.isInline()) {
                checkDigest(stream, result, output, output.inline().asBuffer());
            } else {
                new Kept(stream, result, output).check();
            }
        }
    }

    /** Of what was dropped in the middle nobody can tell. */
    private void checkDigest(StreamId stream, Result result, StreamOutput output, ByteBuffer all) {
        if (output.dropped() == 0) {
            digest.reset();
            digest.update(all);
            compareDigest(stream, result, output);
        }
        tally.outputBytes += output.keptBytes();
    }

    private void compareDigest(StreamId stream, Result result, StreamOutput output) {
        var found = Bytes.wrap(digest.digest());
        if (!found.equals(output.sha256())) {
            faults.add("%s has SHA-256 %s, and its result at position %d says %s", stream, found.hex(), result.position(),
                    output.sha256().hex());
        }
    }

    /** One stream in the segments. */
    private final class Kept {
        private final StreamId stream;
        private final Result result;
        private final StreamOutput output;

        Kept(StreamId stream, Result result, StreamOutput output) {
            this.stream = stream;
            this.result = result;
            this.output = output;
        }

        void check() {
            tally.claimedStreams++;
            tally.claimedBytes += output.keptBytes();
            digest.reset();
            try {
                var end = outputs.end(stream);
                if (end > output.bytes()) {
                    faults.add("%s goes up to offset %d, and its result at position %d says that it has %d bytes", stream, end,
                            result.position(), output.bytes());
                } else if (isThere(0, output.headBytes()) && isThere(output.headBytes() + output.dropped(), output.bytes())
                        && output.dropped() == 0) {
                    compareDigest(stream, result, output);
                }
            } catch (OutputException damage) {
                faults.add("%s cannot be read as its result at position %d says: %s", stream, result.position(),
                        String.valueOf(damage.getMessage()));
            } catch (FrozenOutput.MovedException _) {
                tally.moved++;
            }
        }

        private boolean isThere(long first, long end) {
            for (var at = first; at < end;) {
                var piece = outputs.read(stream, at, (int) Math.min(PIECE_BYTES, end - at));
                var next = piece == null ? end : Math.min(end, piece.offset());
                if (next > at || piece == null) {
                    faults.add("bytes %d to %d of %s are missing, and its result at position %d does not say so", at, next - 1,
                            stream, result.position());
                    return false;
                }
                var data = piece.data().slice(0, (int) Math.min(piece.data().remaining(), end - at));
                tally.outputBytes += data.remaining();
                at += data.remaining();
                digest.update(data);
            }
            return true;
        }
    }
}
