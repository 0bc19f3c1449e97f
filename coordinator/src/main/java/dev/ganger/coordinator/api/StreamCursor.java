package dev.ganger.coordinator.api;

import dev.ganger.coordinator.output.OutputStore.Piece;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import java.nio.ByteBuffer;

/** How far one reader is in one stream. What is not sent yet stays where it is, so a line of any length costs no memory. */
final class StreamCursor {
    private static final int CHUNK = Limits.OUTPUT_CHUNK_BYTES;
    private static final int CHUNKS_A_TURN = 16;

    private final StreamId stream;
    private final boolean wholeLines;
    private long sent;
    /** Up to here there is no end of a line after what was sent. */
    private long scanned;

    /** Takes chunks. */
    interface Sink {
        void send(StreamId stream, Piece piece) throws InterruptedException;
    }

    StreamCursor(StreamId stream, long offset, boolean wholeLines) {
        this.stream = stream;
        this.wholeLines = wholeLines;
        this.sent = offset;
        this.scanned = offset;
    }

    StreamId stream() {
        return stream;
    }

    long sent() {
        return sent;
    }

    /** Sends some of what there is, so that other streams have their turn; of lines only those that are whole. False if that was all. */
    boolean advance(OutputSource source, Sink sink) throws InterruptedException {
        for (var chunk = 0; chunk < CHUNKS_A_TURN; chunk++) {
            var piece = source.read(wholeLines ? scanned : sent, CHUNK);
            if (piece == null) {
                return false;
            }
            if (wholeLines) {
                sendLines(piece, source, sink);
            } else {
                send(piece, sink);
            }
        }
        return true;
    }

    private void sendLines(Piece piece, OutputSource source, Sink sink) throws InterruptedException {
        var line = lastNewline(piece.data());
        if (line >= 0) {
            sendUpTo(piece.offset() + line + 1, piece, source, sink);
        }
        scanned = piece.end();
    }

    private static int lastNewline(ByteBuffer data) {
        var at = data.remaining() - 1;
        while (at >= 0 && data.get(data.position() + at) != '\n') {
            at--;
        }
        return at;
    }

    private void sendUpTo(long end, Piece last, OutputSource source, Sink sink) throws InterruptedException {
        while (sent < last.offset()) {
            var piece = source.read(sent, (int) Math.min(CHUNK, last.offset() - sent));
            if (piece == null || piece.end() > last.offset()) {
                break;
            }
            send(piece, sink);
        }
        var from = Math.max(sent, last.offset());
        send(new Piece(from, last.data().slice(last.data().position() + (int) (from - last.offset()), (int) (end - from))), sink);
    }

    /** Sends all there is: nothing more will come. */
    void finish(OutputSource source, Sink sink) throws InterruptedException {
        for (var piece = source.read(sent, CHUNK); piece != null; piece = source.read(sent, CHUNK)) {
            send(piece, sink);
        }
    }

    private void send(Piece piece, Sink sink) throws InterruptedException {
        sent = piece.end();
        sink.send(stream, piece);
    }
}
