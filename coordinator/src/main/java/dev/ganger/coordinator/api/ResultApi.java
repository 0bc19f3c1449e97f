package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.MoveCursorRequest;
import dev.ganger.proto.v1.MoveCursorResponse;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import io.grpc.stub.StreamObserver;

/** Serves the done queue. */
final class ResultApi extends ResultServiceGrpc.ResultServiceImplBase {
    private final Core core;
    private final Consumers consumers = new Consumers();

    ResultApi(Core core) {
        this.core = core;
    }

    @Override
    public void readResults(ReadResultsRequest request, StreamObserver<ReadResultsResponse> answers) {
        Outgoing.Producer<ReadResultsResponse> producer = outgoing -> {
            try (var _ = core.watch(new Topic.Results(), _ -> outgoing.signal());
                    var _ = core.watch(new Topic.Forgotten(), _ -> outgoing.signal())) {
                if (request.getOrdered()) {
                    new OrderedResults(core, request, outgoing).send();
                } else {
                    new ResultsByPosition(core, request, outgoing).send();
                }
            }
        };
        if (request.getFollow()) {
            Outgoing.follow(answers, producer);
        } else {
            Outgoing.serve(answers, producer);
        }
    }

    @Override
    public StreamObserver<TakeResultRequest> takeResult(StreamObserver<TakeResultResponse> answers) {
        return new TakeCall(core, consumers, answers);
    }

    @Override
    public void moveCursor(MoveCursorRequest request, StreamObserver<MoveCursorResponse> answer) {
        Unary.serve(answer, () -> {
            Statuses.reply(core.execute(new Command.MoveCursor(consumer(request.getConsumer()), request.getNext())));
            return MoveCursorResponse.getDefaultInstance();
        });
    }

    static String consumer(String name) {
        if (name.isBlank() || name.length() > Limits.NAME_LENGTH) {
            throw new IllegalArgumentException("a consumer has a name of 1 to %d characters".formatted(Limits.NAME_LENGTH));
        }
        return name;
    }

    static long cursor(Core core, String consumer) {
        return Statuses.await(core.read((Views views) -> views.cursor(consumer)));
    }
}
