package dev.ganger.cli.command;

import dev.ganger.proto.v1.CloseRequest;
import dev.ganger.proto.v1.CloseResponse;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.GetStatusResponse;
import dev.ganger.proto.v1.ListAgentsRequest;
import dev.ganger.proto.v1.ListAgentsResponse;
import dev.ganger.proto.v1.OpenRequest;
import dev.ganger.proto.v1.OpenResponse;
import dev.ganger.proto.v1.StopRequest;
import dev.ganger.proto.v1.StopResponse;
import dev.ganger.wire.ViewsToWire;
import io.grpc.stub.StreamObserver;

/** The queues and the agents of the fake coordinator. */
final class FakeControlService extends ControlServiceGrpc.ControlServiceImplBase {
    private final FakeCoordinator coordinator;

    FakeControlService(FakeCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> answers) {
        answers.onNext(ViewsToWire.status(coordinator.status()));
        answers.onCompleted();
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> answers) {
        var response = ListAgentsResponse.newBuilder();
        synchronized (coordinator) {
            coordinator.agents.forEach(agent -> response.addAgents(ViewsToWire.agent(agent)));
        }
        answers.onNext(response.build());
        answers.onCompleted();
    }

    @Override
    public void close(CloseRequest request, StreamObserver<CloseResponse> answers) {
        if (coordinator.old) {
            super.close(request, answers);
            return;
        }
        coordinator.open = false;
        answers.onNext(CloseResponse.getDefaultInstance());
        answers.onCompleted();
    }

    @Override
    public void open(OpenRequest request, StreamObserver<OpenResponse> answers) {
        coordinator.open = true;
        answers.onNext(OpenResponse.getDefaultInstance());
        answers.onCompleted();
    }

    /** Each scripted answer: the tasks before, then the agents; those with a question mark are silent. */
    @Override
    public void stop(StopRequest request, StreamObserver<StopResponse> answers) {
        synchronized (coordinator) {
            coordinator.stopping = true;
            coordinator.stoppedNow = request.getNow();
            coordinator.notifyAll();
            for (var script : coordinator.stopAnswers) {
                var answer = StopResponse.newBuilder().setTasksBefore(Long.parseLong(script.getFirst()));
                for (var agent : script.subList(1, script.size())) {
                    var name = agent.replace("?", "");
                    answer.addAgents(name);
                    if (!name.equals(agent)) {
                        answer.addUnreachable(name);
                    }
                }
                answers.onNext(answer.build());
            }
        }
        answers.onCompleted();
    }
}
