package dev.ganger.coordinator.api;

import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.proto.v1.OutputChunk;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.stub.StreamObserver;

/** Serves what tasks wrote. */
final class OutputApi extends OutputServiceGrpc.OutputServiceImplBase {
    private final Core core;

    OutputApi(Core core) {
        this.core = core;
    }

    @Override
    public void readOutput(ReadOutputRequest request, StreamObserver<ReadOutputResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            if (Statuses.await(core.read(views -> views.job(request.getJob()))) == null) {
                throw Statuses.noJob(request.getJob());
            }
            for (var result : core.results(request.getJob(), 0, Long.MAX_VALUE).values()) {
                for (var stream : StreamName.values()) {
                    send(outgoing, result, stream);
                }
                outgoing.send(ReadOutputResponse.newBuilder().setResult(ViewsToWire.result(result)).build());
            }
        });
    }

    private static void send(Outgoing<ReadOutputResponse> outgoing, Result result, StreamName stream)
            throws InterruptedException {
        var id = new StreamId(result.task().attempt(result.attempt()), stream);
        outgoing.send(ReadOutputResponse.newBuilder().setChunk(OutputChunk.newBuilder().setPosition(ToWire.position(id, 0))
                .setData(ToWire.bytes(result.run().output(stream).inline()))).build());
    }
}
