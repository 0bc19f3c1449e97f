package dev.ganger.coordinator.api;

import com.google.protobuf.UnsafeByteOperations;
import dev.ganger.coordinator.output.OutputStore.Piece;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.proto.v1.OutputChunk;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import java.nio.ByteBuffer;

/** Says to a reader what it asked for. */
final class OutputReplies implements StreamCursor.Sink {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private final Outgoing<ReadOutputResponse> outgoing;

    OutputReplies(Outgoing<ReadOutputResponse> outgoing) {
        this.outgoing = outgoing;
    }

    @Override
    public void send(StreamId stream, Piece piece) throws InterruptedException {
        outgoing.send(ReadOutputResponse.newBuilder().setChunk(OutputChunk.newBuilder()
                .setPosition(ToWire.position(stream, piece.offset())).setData(UnsafeByteOperations.unsafeWrap(piece.data())))
                .build());
    }

    /** Tells where reading begins. */
    void begin(StreamId stream, long offset) throws InterruptedException {
        send(stream, new Piece(offset, NOTHING));
    }

    /** Tells that a task is final. */
    void send(Result result) throws InterruptedException {
        outgoing.send(ReadOutputResponse.newBuilder().setResult(ViewsToWire.result(result.withoutOutput())).build());
    }
}
