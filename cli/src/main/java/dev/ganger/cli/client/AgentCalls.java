package dev.ganger.cli.client;

import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.ControlServiceGrpc.ControlServiceBlockingV2Stub;
import dev.ganger.proto.v1.DeclareAgentGoneRequest;
import dev.ganger.proto.v1.DrainAgentRequest;
import dev.ganger.proto.v1.RemoveAgentRequest;
import dev.ganger.proto.v1.ResumeAgentRequest;
import dev.ganger.proto.v1.StopAgentRequest;

/** What is asked of the coordinator about one agent by its name. */
public final class AgentCalls {
    private final Connection connection;
    private final Calls calls;

    AgentCalls(Connection connection, Calls calls) {
        this.connection = connection;
        this.calls = calls;
    }

    /** It gets no more tasks; tells how many attempts it holds. */
    public long drain(String name, String reason) {
        var request = DrainAgentRequest.newBuilder().setName(name).setReason(reason).build();
        return calls.ask(() -> Calls.soon(stub()).drainAgent(request).getHeld());
    }

    public void resume(String name) {
        calls.ask(() -> Calls.soon(stub()).resumeAgent(ResumeAgentRequest.newBuilder().setName(name).build()));
    }

    /** It finishes what it holds, and then ends; tells how many attempts that are. */
    public long stop(String name, String reason) {
        var request = StopAgentRequest.newBuilder().setName(name).setReason(reason).build();
        return calls.ask(() -> Calls.soon(stub()).stopAgent(request).getHeld());
    }

    /** Its machine is no more; tells how many attempts are lost with it. */
    public long gone(String name, String reason) {
        var request = DeclareAgentGoneRequest.newBuilder().setName(name).setReason(reason).build();
        return calls.ask(() -> Calls.soon(stub()).declareAgentGone(request).getLost());
    }

    /** Its installation may never come back; tells how many attempts are lost with it. */
    public long remove(String name, String reason) {
        var request = RemoveAgentRequest.newBuilder().setName(name).setReason(reason).build();
        return calls.ask(() -> Calls.soon(stub()).removeAgent(request).getLost());
    }

    private ControlServiceBlockingV2Stub stub() {
        return ControlServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
