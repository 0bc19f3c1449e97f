package dev.ganger.coordinator.output;

import dev.ganger.model.AttemptId;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Streams and bytes for tests. */
final class Sample {
    static final StreamId OUT = stream(1, 1, 1, StreamName.STDOUT);

    private Sample() {}

    static StreamId stream(long job, long index, int number, StreamName name) {
        return new StreamId(new AttemptId(job, index, number), name);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(OutputStore.Piece piece) {
        var bytes = new byte[piece.data().remaining()];
        piece.data().duplicate().get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** All that can be read of a stream; a missing byte is a dot. */
    static String all(OutputStore store, StreamId stream, int step) {
        var all = new ByteArrayOutputStream();
        for (var piece = store.read(stream, 0, step); piece != null; piece = store.read(stream, piece.end(), step)) {
            while (all.size() < piece.offset()) {
                all.write('.');
            }
            if (all.size() != piece.offset() || !piece.data().hasRemaining() || piece.data().remaining() > step) {
                throw new AssertionError(
                        "read from %d gave %d bytes at %d".formatted(all.size(), piece.data().remaining(), piece.offset()));
            }
            all.writeBytes(text(piece).getBytes(StandardCharsets.UTF_8));
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    static String all(OutputStore store, StreamId stream) {
        return all(store, stream, 1 << 20);
    }
}
