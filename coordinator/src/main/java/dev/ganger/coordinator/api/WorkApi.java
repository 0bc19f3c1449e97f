package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.WorkServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicLong;

/** Serves agents: a session for each stream. */
final class WorkApi extends WorkServiceGrpc.WorkServiceImplBase {
    private final Core core;
    private final Settings settings;
    private final AtomicLong sessions = new AtomicLong();

    WorkApi(Core core, Settings settings) {
        this.core = core;
        this.settings = settings;
    }

    @Override
    public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> answers) {
        return new AgentSession(core, settings, sessions.incrementAndGet(), answers);
    }
}
