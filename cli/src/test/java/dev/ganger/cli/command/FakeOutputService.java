package dev.ganger.cli.command;

import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.wire.FromWire;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** The output of the fake coordinator: serves what is scripted, and breaks where it is told to. */
final class FakeOutputService extends OutputServiceGrpc.OutputServiceImplBase {
    private final FakeCoordinator coordinator;
    private @Nullable FakeReading broken;

    FakeOutputService(FakeCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public void readOutput(ReadOutputRequest request, StreamObserver<ReadOutputResponse> answers) {
        var call = (ServerCallStreamObserver<ReadOutputResponse>) answers;
        call.setOnCancelHandler(() -> {});
        synchronized (coordinator) {
            var job = coordinator.jobs.get(request.getJob());
            if (job == null || (request.hasIndices() && job.indices
                    .ordinalOf(FromWire.indices(request.getIndices()).indexAt(0)) < 0)) {
                call.onError(Status.NOT_FOUND.withDescription("no such job or task: " + request.getJob()).asException());
                return;
            }
            coordinator.output.calls++;
            coordinator.output.lastRequest = request;
            serve(new FakeReading(coordinator, request, call, broken), call);
        }
    }

    private void serve(FakeReading reading, ServerCallStreamObserver<ReadOutputResponse> call) {
        try {
            reading.serve();
            call.onCompleted();
            broken = null;
        } catch (FakeReading.Broken _) {
            broken = reading;
            call.onError(Status.UNAVAILABLE.withDescription("broken").asException());
        }
    }
}
