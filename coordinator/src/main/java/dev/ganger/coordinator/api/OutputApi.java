package dev.ganger.coordinator.api;

import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.proto.v1.UploadRequest;
import dev.ganger.proto.v1.UploadResponse;
import io.grpc.stub.StreamObserver;

/** Takes and serves what tasks write. */
final class OutputApi extends OutputServiceGrpc.OutputServiceImplBase {
    private final Core core;
    private final OutputStore outputs;
    private final DiskRoom room;

    OutputApi(Core core, OutputStore outputs, DiskRoom room) {
        this.core = core;
        this.outputs = outputs;
        this.room = room;
    }

    @Override
    public void readOutput(ReadOutputRequest request, StreamObserver<ReadOutputResponse> answers) {
        Outgoing.Producer<ReadOutputResponse> producer = outgoing -> {
            var origin = Statuses.await(core.read(views -> views.origin(request.getJob())));
            if (origin == null) {
                throw Statuses.noJob(request.getJob());
            }
            var query = OutputQuery.of(request, origin);
            var replies = new OutputReplies(outgoing);
            if (request.getFollow()) {
                new FollowedOutput(core, outputs, query, replies, outgoing).send();
            } else {
                new StoredOutput(core, outputs, query, replies).send();
            }
        };
        if (request.getFollow()) {
            Outgoing.follow(answers, producer);
        } else {
            Outgoing.serve(answers, producer);
        }
    }

    @Override
    public StreamObserver<UploadRequest> upload(StreamObserver<UploadResponse> answers) {
        return new UploadCall(core, outputs, room, answers);
    }
}
