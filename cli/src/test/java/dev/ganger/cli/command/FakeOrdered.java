package dev.ganger.cli.command;

import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;

/** One call that reads results of the fake coordinator in the order of their tasks. */
final class FakeOrdered {
    private final FakeCoordinator coordinator;
    private final ReadResultsRequest request;
    private final ServerCallStreamObserver<ReadResultsResponse> call;

    FakeOrdered(FakeCoordinator coordinator, ReadResultsRequest request, ServerCallStreamObserver<ReadResultsResponse> call) {
        this.coordinator = coordinator;
        this.request = request;
        this.call = call;
    }

    void serve() {
        coordinator.resultsFrom.add(request.getFrom());
        var left = coordinator.resultBreaks.isEmpty() ? -1 : coordinator.resultBreaks.poll();
        for (var id : request.getJobsList()) {
            var job = coordinator.job(id);
            for (var ordinal = 0; ordinal < job.total; ordinal++) {
                var index = job.indices.indexAt(ordinal);
                while (request.getFollow() && !job.runs.containsKey(index) && !call.isCancelled()) {
                    coordinator.awaitChange(100);
                }
                if (left-- == 0) {
                    call.onError(Status.UNAVAILABLE.withDescription("broken").asException());
                    return;
                }
                coordinator.results.stream()
                        .filter(result -> result.task().job() == id && result.task().index() == index)
                        .filter(result -> request.getEveryRound() || result.round() == job.round(index))
                        .forEach(result -> call.onNext(
                                ReadResultsResponse.newBuilder().addResults(ViewsToWire.result(result.withoutOutput())).build()));
            }
        }
        call.onCompleted();
    }
}
