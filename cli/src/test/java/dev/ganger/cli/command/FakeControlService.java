package dev.ganger.cli.command;

import dev.ganger.model.Agent;
import dev.ganger.proto.v1.CloseRequest;
import dev.ganger.proto.v1.CloseResponse;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.DeclareAgentGoneRequest;
import dev.ganger.proto.v1.DeclareAgentGoneResponse;
import dev.ganger.proto.v1.DrainAgentRequest;
import dev.ganger.proto.v1.DrainAgentResponse;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.GetStatusResponse;
import dev.ganger.proto.v1.ListAgentsRequest;
import dev.ganger.proto.v1.ListAgentsResponse;
import dev.ganger.proto.v1.OpenRequest;
import dev.ganger.proto.v1.OpenResponse;
import dev.ganger.proto.v1.RemoveAgentRequest;
import dev.ganger.proto.v1.RemoveAgentResponse;
import dev.ganger.proto.v1.ResumeAgentRequest;
import dev.ganger.proto.v1.ResumeAgentResponse;
import dev.ganger.proto.v1.StopAgentRequest;
import dev.ganger.proto.v1.StopAgentResponse;
import dev.ganger.proto.v1.StopRequest;
import dev.ganger.proto.v1.StopResponse;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

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
            if (!coordinator.stuck.isEmpty() && !request.getSkip()) {
                answers.onError(Status.FAILED_PRECONDITION.withDescription(coordinator.stuck).asException());
                return;
            }
            coordinator.stopSkips = request.getSkip();
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

    private @Nullable Agent find(String name, StreamObserver<?> answers) {
        var found = coordinator.agents.stream().filter(agent -> agent.id().name().equals(name)).findFirst();
        if (found.isEmpty()) {
            answers.onError(Status.NOT_FOUND.withDescription("no such agent: " + name).asException());
        }
        return found.orElse(null);
    }

    private void become(Agent agent, Agent.State state, String reason) {
        coordinator.agents.set(coordinator.agents.indexOf(agent),
                new Agent(agent.id(), state, agent.pid(), agent.slots(), agent.held(),
                        agent.busy(), agent.version(), agent.lastSeenAt(), agent.labels(), reason));
    }

    @Override
    public void drainAgent(DrainAgentRequest request, StreamObserver<DrainAgentResponse> answers) {
        synchronized (coordinator) {
            var agent = find(request.getName(), answers);
            if (agent != null) {
                become(agent, Agent.State.DRAINING, request.getReason());
                answers.onNext(DrainAgentResponse.newBuilder().setHeld(agent.held().size()).build());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void resumeAgent(ResumeAgentRequest request, StreamObserver<ResumeAgentResponse> answers) {
        synchronized (coordinator) {
            var agent = find(request.getName(), answers);
            if (agent != null) {
                become(agent, Agent.State.ALIVE, "");
                answers.onNext(ResumeAgentResponse.getDefaultInstance());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void stopAgent(StopAgentRequest request, StreamObserver<StopAgentResponse> answers) {
        synchronized (coordinator) {
            var agent = find(request.getName(), answers);
            if (agent != null) {
                become(agent, Agent.State.STOPPING, request.getReason());
                answers.onNext(StopAgentResponse.newBuilder().setHeld(agent.held().size()).build());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void declareAgentGone(DeclareAgentGoneRequest request, StreamObserver<DeclareAgentGoneResponse> answers) {
        synchronized (coordinator) {
            var agent = find(request.getName(), answers);
            if (agent != null && agent.state() != Agent.State.UNKNOWN) {
                answers.onError(Status.FAILED_PRECONDITION.withDescription("agent " + request.getName()
                        + " was heard 2 s ago, so it is not gone; 'ganger agent stop " + request.getName() + "' ends it")
                        .asException());
            } else if (agent != null) {
                coordinator.agents.remove(agent);
                answers.onNext(DeclareAgentGoneResponse.newBuilder().setLost(agent.held().size()).build());
                answers.onCompleted();
            }
        }
    }

    @Override
    public void removeAgent(RemoveAgentRequest request, StreamObserver<RemoveAgentResponse> answers) {
        synchronized (coordinator) {
            var agent = find(request.getName(), answers);
            if (agent != null) {
                coordinator.agents.remove(agent);
                answers.onNext(RemoveAgentResponse.newBuilder().setLost(agent.held().size()).build());
                answers.onCompleted();
            }
        }
    }
}
