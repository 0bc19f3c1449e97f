package dev.ganger.cli.command;

import dev.ganger.model.Result;
import dev.ganger.proto.v1.MoveCursorRequest;
import dev.ganger.proto.v1.MoveCursorResponse;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.TakeDone;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import dev.ganger.proto.v1.TakeStart;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The done queue of the fake coordinator. */
final class FakeResultService extends ResultServiceGrpc.ResultServiceImplBase {
    private final FakeCoordinator coordinator;

    FakeResultService(FakeCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public void readResults(ReadResultsRequest request, StreamObserver<ReadResultsResponse> answers) {
        var call = (ServerCallStreamObserver<ReadResultsResponse>) answers;
        call.setOnCancelHandler(() -> {});
        synchronized (coordinator) {
            if (request.getFrom() > 0 && request.getFrom() < coordinator.firstKept) {
                call.onError(Status.OUT_OF_RANGE.withDescription("position " + request.getFrom() + " is no longer kept")
                        .asException());
                return;
            }
            if (request.getOrdered()) {
                new FakeOrdered(coordinator, request, call).serve();
                return;
            }
            var next = (int) Math.max(0, request.getFrom() - 1);
            coordinator.resultsFrom.add(request.getFrom());
            var left = coordinator.resultBreaks.isEmpty() ? -1 : coordinator.resultBreaks.poll();
            while (!call.isCancelled()) {
                for (; next < coordinator.results.size(); next++) {
                    if (left-- == 0) {
                        call.onError(Status.UNAVAILABLE.withDescription("broken").asException());
                        return;
                    }
                    send(coordinator.results.get(next), request, call);
                }
                if (!request.getFollow() || (request.getJobsCount() > 0 && finished(request))) {
                    call.onCompleted();
                    return;
                }
                coordinator.awaitChange(100);
            }
        }
    }

    private void send(Result result, ReadResultsRequest request, StreamObserver<ReadResultsResponse> answers) {
        var job = coordinator.jobs.get(result.task().job());
        var newest = job == null || (job.round(result.task().index()) == result.round()
                && job.runs.containsKey(result.task().index()));
        if ((request.getJobsCount() == 0 || request.getJobsList().contains(result.task().job()))
                && (newest || request.getEveryRound())) {
            var wire = ViewsToWire.result(result).toBuilder();
            if (!request.getWithOutput()) {
                wire.setRun(ToWire.run(result.run().withoutOutput()));
            }
            answers.onNext(ReadResultsResponse.newBuilder().addResults(wire).build());
        }
    }

    private boolean finished(ReadResultsRequest request) {
        return request.getJobsList().stream()
                .allMatch(id -> coordinator.jobs.containsKey(id) && coordinator.jobs.get(id).view().state().isFinal());
    }

    @Override
    public StreamObserver<TakeResultRequest> takeResult(StreamObserver<TakeResultResponse> answers) {
        return new StreamObserver<>() {
            private String consumer = "";

            @Override
            public void onNext(TakeResultRequest request) {
                if (request.hasStart()) {
                    consumer = request.getStart().getConsumer();
                    hand(request.getStart(), answers);
                } else {
                    var next = request.getAcknowledge().getPosition() + 1;
                    synchronized (coordinator) {
                        coordinator.cursors.put(consumer, next);
                    }
                    answers.onNext(TakeResultResponse.newBuilder().setDone(TakeDone.newBuilder().setNext(next)).build());
                    answers.onCompleted();
                }
            }

            @Override
            public void onError(Throwable problem) {}

            @Override
            public void onCompleted() {}
        };
    }

    private void hand(TakeStart start, StreamObserver<TakeResultResponse> answers) {
        synchronized (coordinator) {
            var position = coordinator.cursors.getOrDefault(start.getConsumer(), 1L);
            if (position > coordinator.results.size() && start.hasWait()) {
                coordinator.awaitChange(start.getWait().getNanos() / 1_000_000 + 1);
            }
            while (position > coordinator.results.size()) {
                if (start.hasWait()) {
                    answers.onError(Status.DEADLINE_EXCEEDED.withDescription("no result in time").asException());
                    return;
                }
                coordinator.awaitChange(100);
            }
            answers.onNext(TakeResultResponse.newBuilder()
                    .setResult(ViewsToWire.result(coordinator.results.get((int) (position - 1))))
                    .setMissed(coordinator.missed)
                    .build());
        }
    }

    @Override
    public void moveCursor(MoveCursorRequest request, StreamObserver<MoveCursorResponse> answers) {
        synchronized (coordinator) {
            coordinator.cursors.put(request.getConsumer(), request.getNext());
        }
        answers.onNext(MoveCursorResponse.getDefaultInstance());
        answers.onCompleted();
    }
}
