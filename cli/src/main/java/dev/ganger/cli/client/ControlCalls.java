package dev.ganger.cli.client;

import dev.ganger.model.Agent;
import dev.ganger.model.Status;
import dev.ganger.proto.v1.CloseRequest;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.ControlServiceGrpc.ControlServiceBlockingV2Stub;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.ListAgentsRequest;
import dev.ganger.proto.v1.OpenRequest;
import dev.ganger.proto.v1.StopRequest;
import dev.ganger.wire.ViewsFromWire;
import java.util.List;
import java.util.function.Predicate;

/** What is asked about the queues and the agents as a whole. */
public final class ControlCalls {
    private final Connection connection;
    private final Calls calls;

    ControlCalls(Connection connection, Calls calls) {
        this.connection = connection;
        this.calls = calls;
    }

    public Status status() {
        return calls.ask(() -> ViewsFromWire.status(Calls.soon(stub()).getStatus(GetStatusRequest.getDefaultInstance())));
    }

    public List<Agent> agents() {
        return calls.ask(() -> Calls.soon(stub()).listAgents(ListAgentsRequest.getDefaultInstance()).getAgentsList().stream()
                .map(ViewsFromWire::agent)
                .toList());
    }

    public void refuseJobs() {
        calls.ask(() -> Calls.soon(stub()).close(CloseRequest.getDefaultInstance()));
    }

    public void acceptJobs() {
        calls.ask(() -> Calls.soon(stub()).open(OpenRequest.getDefaultInstance()));
    }

    /**
     * Puts STOP behind what is queued and tells how far it is, while that is wanted.
     *
     * @param now  do not wait for what is queued
     * @param skip do not wait for what would never start by itself
     */
    public void stop(boolean now, boolean skip, Predicate<StopProgress> wanted) {
        calls.ask(() -> {
            calls.each(stub().stop(StopRequest.newBuilder().setNow(now).setSkip(skip).build()), news -> wanted.test(
                    new StopProgress(news.getTasksBefore(), news.getAgentsList(), news.getUnreachableList())));
            return true;
        });
    }

    private ControlServiceBlockingV2Stub stub() {
        return ControlServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
