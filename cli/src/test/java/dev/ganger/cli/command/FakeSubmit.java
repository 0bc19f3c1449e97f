package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.proto.v1.SubmitAccepted;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import dev.ganger.proto.v1.SubmitWaiting;
import dev.ganger.wire.FromWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** One submit to the fake coordinator. */
final class FakeSubmit implements StreamObserver<SubmitRequest> {
    private final FakeCoordinator coordinator;
    private final StreamObserver<SubmitResponse> answers;
    private final List<Bytes> kept = new ArrayList<>();
    private SubmitHeader header = SubmitHeader.getDefaultInstance();
    private long entries;
    private boolean broken;

    FakeSubmit(FakeCoordinator coordinator, StreamObserver<SubmitResponse> answers) {
        this.coordinator = coordinator;
        this.answers = answers;
    }

    @Override
    public void onNext(SubmitRequest request) {
        if (broken) {
            return;
        }
        if (request.hasHeader()) {
            header = request.getHeader();
            return;
        }
        var chunk = request.getEntries();
        entries += chunk.getEntriesCount();
        chunk.getEntriesList().stream().limit(FakeJob.KEPT - kept.size()).map(FromWire::bytes).forEach(kept::add);
        synchronized (coordinator) {
            coordinator.streamedEntries += chunk.getEntriesCount();
            if (coordinator.breakingStreams-- > 0) {
                answers.onError(Status.UNAVAILABLE.withDescription("the coordinator is ending").asException());
                broken = true;
                return;
            }
            coordinator.largestChunk = Math.max(coordinator.largestChunk, chunk.getSerializedSize());
        }
    }

    @Override
    public void onError(Throwable problem) {}

    @Override
    public void onCompleted() {
        synchronized (coordinator) {
            if (broken) {
                return;
            }
            if (!coordinator.open) {
                answers.onError(Status.FAILED_PRECONDITION.withDescription("the coordinator is closed; 'ganger open' opens it")
                        .asException());
            } else if (awaitRoom()) {
                accept();
            } else {
                answers.onError(Status.RESOURCE_EXHAUSTED.withDescription("the queue is full").asException());
            }
        }
    }

    private Indices indices() {
        return switch (header.getTasksCase()) {
            case SINGLE, TASKS_NOT_SET -> Indices.of(1, 1);
            case ARRAY -> FromWire.indices(header.getArray());
            case EACH_ENTRY -> Indices.of(1, entries);
            case EACH_AGENT -> Indices.of(1, coordinator.agents.size());
        };
    }

    private boolean awaitRoom() {
        var full = coordinator.unfinished() + indices().count() > coordinator.limit;
        if (full && header.hasWait()) {
            return false;
        }
        while (coordinator.unfinished() + indices().count() > coordinator.limit) {
            coordinator.waitingSubmits = 1;
            answers.onNext(SubmitResponse.newBuilder()
                    .setWaiting(SubmitWaiting.newBuilder().setQueued(coordinator.unfinished()).setLimit(coordinator.limit)
                            .setAhead(1))
                    .build());
            coordinator.awaitChange(20);
        }
        return true;
    }

    private void accept() {
        var before = coordinator.jobs.size();
        var job = coordinator.accept(FromWire.spec(header.getSpec()), header.getKey(), indices(),
                header.hasEachEntry() ? kept : null);
        if (coordinator.breakingSubmits-- > 0) {
            answers.onError(Status.UNAVAILABLE.withDescription("the coordinator is ending").asException());
            return;
        }
        answers.onNext(SubmitResponse.newBuilder()
                .setAccepted(SubmitAccepted.newBuilder()
                        .setJob(job.id)
                        .setTasks(job.total)
                        .setExisted(coordinator.jobs.size() == before))
                .build());
        answers.onCompleted();
    }
}
