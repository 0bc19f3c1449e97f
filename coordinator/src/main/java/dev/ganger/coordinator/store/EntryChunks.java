package dev.ganger.coordinator.store;

import dev.ganger.model.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a chunk of entries looks like inside: of each entry four bytes of length, big-endian, and its bytes. */
final class EntryChunks {
    /** A piece that has as many bytes is full. */
    private static final int PIECE_BYTES = 32 * 1024;

    private EntryChunks() {}

    /** Some whole entries. */
    record Piece(int entries, Bytes body) {}

    /** Cuts a chunk into pieces. */
    static List<Piece> split(Bytes chunk) {
        var pieces = new ArrayList<Piece>();
        var buffer = chunk.asBuffer();
        while (buffer.hasRemaining()) {
            var start = buffer.position();
            var entries = 0;
            while (buffer.hasRemaining() && buffer.position() - start < PIECE_BYTES) {
                var size = buffer.getInt();
                buffer.position(buffer.position() + size);
                entries++;
            }
            var body = new byte[buffer.position() - start];
            buffer.get(start, body);
            pieces.add(new Piece(entries, Bytes.wrap(body)));
        }
        return pieces;
    }

    /** Adds those entries of a chunk whose numbers are from first to last; the chunk begins with the number given. */
    static void addEntries(byte[] body, long firstInChunk, long first, long last, List<Bytes> into) {
        var buffer = ByteBuffer.wrap(body);
        for (var number = firstInChunk; buffer.hasRemaining() && number <= last; number++) {
            var size = buffer.getInt();
            if (number < first) {
                buffer.position(buffer.position() + size);
            } else {
                var entry = new byte[size];
                buffer.get(entry);
                into.add(Bytes.wrap(entry));
            }
        }
    }
}
