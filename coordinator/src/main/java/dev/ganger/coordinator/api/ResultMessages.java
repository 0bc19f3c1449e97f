package dev.ganger.coordinator.api;

import dev.ganger.model.Result;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import dev.ganger.wire.ViewsToWire;
import java.util.List;

/** Results as they are sent: with their output only if that was asked for. */
final class ResultMessages {
    /** Results in a message: few, as one may bring 128 KiB of output. */
    static final int PAGE = 32;

    private ResultMessages() {}

    static void send(List<Result> results, ReadResultsRequest request, Outgoing<ReadResultsResponse> outgoing)
            throws InterruptedException {
        for (var from = 0; from < results.size(); from += PAGE) {
            var response = ReadResultsResponse.newBuilder();
            for (var result : results.subList(from, Math.min(results.size(), from + PAGE))) {
                response.addResults(ViewsToWire.result(request.getWithOutput() ? result : result.withoutOutput()));
            }
            outgoing.send(response.build());
        }
    }
}
