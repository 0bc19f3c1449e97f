package dev.ganger.coordinator.api;

import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** Serves what tasks wrote, from their results. */
final class OutputApi extends OutputServiceGrpc.OutputServiceImplBase {
    private static final int CHUNK = 64 * 1024;
    private final Core core;

    OutputApi(Core core) {
        this.core = core;
    }

    @Override
    public void readOutput(ReadOutputRequest request, StreamObserver<ReadOutputResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            var run = result(request).run();
            var kept = ToWire.bytes(switch (request.getStream()) {
                case OUTPUT_STREAM_STDOUT -> run.stdout().inline();
                case OUTPUT_STREAM_STDERR -> run.stderr().inline();
                case OUTPUT_STREAM_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a stream is stdout or stderr, not " + request.getStreamValue());
            });
            if (request.getOffset() < 0) {
                throw new IllegalArgumentException("an offset counts from 0, not " + request.getOffset());
            }
            for (var offset = request.getOffset(); offset < kept.size(); offset += CHUNK) {
                var data = kept.substring((int) offset, (int) Math.min(kept.size(), offset + CHUNK));
                outgoing.send(ReadOutputResponse.newBuilder().setOffset(offset).setData(data).build());
            }
        });
    }

    private Result result(ReadOutputRequest request) {
        var attempt = request.getAttempt();
        var task = new TaskId(attempt.getJob(), attempt.getIndex());
        var result = core.result(task);
        if (result == null || (attempt.getNumber() != 0 && attempt.getNumber() != result.attempt())) {
            throw Status.NOT_FOUND.withDescription(
                    "there is no output of %s: it has not ended, or did not decide its task".formatted(FromWire.attempt(attempt)))
                    .asRuntimeException();
        }
        return result;
    }
}
