package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.model.JobState;
import dev.ganger.model.Status;
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
import io.grpc.stub.StreamObserver;

/** Serves the whole: lengths, agents, close and open, STOP. */
final class ControlApi extends ControlServiceGrpc.ControlServiceImplBase {
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final Core core;
    private final OutputStore outputs;
    private final Throughput throughput;
    private final String version;

    ControlApi(Core core, OutputStore outputs, Throughput throughput, String version) {
        this.core = core;
        this.outputs = outputs;
        this.throughput = throughput;
        this.version = version;
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> answer) {
        Unary.serve(answer, () -> ViewsToWire.status(status(Statuses.await(core.read(Views::status)))));
    }

    private Status status(Views.Counts counts) {
        var jobs = counts.jobs();
        return new Status(counts.queued(), counts.unfinished(), counts.limit(), counts.results(), counts.position(),
                outputs.bytes(),
                new Status.Jobs(jobs.getOrDefault(JobState.QUEUED, 0L), jobs.getOrDefault(JobState.RUNNING, 0L),
                        jobs.getOrDefault(JobState.SUCCEEDED, 0L), jobs.getOrDefault(JobState.FAILED, 0L),
                        jobs.getOrDefault(JobState.CANCELLED, 0L)),
                new Status.Agents(counts.alive(), counts.quarantined(), counts.unknown(), counts.slots(), counts.busy()),
                counts.open(),
                counts.stopping(), throughput.perSecond(), counts.waiting(), version);
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> answer) {
        Unary.serve(answer, () -> ListAgentsResponse.newBuilder()
                .addAllAgents(Statuses.await(core.read(Views::agents)).stream().map(ViewsToWire::agent).toList()).build());
    }

    @Override
    public void drainAgent(DrainAgentRequest request, StreamObserver<DrainAgentResponse> answer) {
        Unary.serve(answer, () -> DrainAgentResponse.newBuilder()
                .setHeld(attempts(new Command.DrainAgent(request.getName(), Reason.checked(request.getReason())))).build());
    }

    private long attempts(Command<Command.Attempts> command) {
        return Statuses.reply(core.execute(command)).count();
    }

    @Override
    public void resumeAgent(ResumeAgentRequest request, StreamObserver<ResumeAgentResponse> answer) {
        Unary.serve(answer, () -> {
            Statuses.reply(core.execute(new Command.ResumeAgent(request.getName())));
            return ResumeAgentResponse.getDefaultInstance();
        });
    }

    @Override
    public void stopAgent(StopAgentRequest request, StreamObserver<StopAgentResponse> answer) {
        Unary.serve(answer, () -> StopAgentResponse.newBuilder()
                .setHeld(attempts(new Command.StopAgent(request.getName(), Reason.checked(request.getReason())))).build());
    }

    @Override
    public void declareAgentGone(DeclareAgentGoneRequest request, StreamObserver<DeclareAgentGoneResponse> answer) {
        Unary.serve(answer, () -> DeclareAgentGoneResponse.newBuilder()
                .setLost(attempts(new Command.GiveUpAgent(request.getName(), Reason.checked(request.getReason())))).build());
    }

    @Override
    public void removeAgent(RemoveAgentRequest request, StreamObserver<RemoveAgentResponse> answer) {
        Unary.serve(answer, () -> RemoveAgentResponse.newBuilder()
                .setLost(attempts(new Command.RemoveAgent(request.getName(), Reason.checked(request.getReason())))).build());
    }

    @Override
    public void close(CloseRequest request, StreamObserver<CloseResponse> answer) {
        Unary.serve(answer, () -> {
            Statuses.reply(core.execute(new Command.Close()));
            return CloseResponse.getDefaultInstance();
        });
    }

    @Override
    public void open(OpenRequest request, StreamObserver<OpenResponse> answer) {
        Unary.serve(answer, () -> {
            Statuses.reply(core.execute(new Command.Open()));
            return OpenResponse.getDefaultInstance();
        });
    }

    @Override
    public void stop(StopRequest request, StreamObserver<StopResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            try (var _ = core.watch(new Topic.Agents(), _ -> outgoing.signal())) {
                Statuses.reply(core.execute(new Command.Stop(request.getNow(), request.getSkip())));
                Views.StopView last = null;
                while (last == null || last.pending() || !last.agents().isEmpty()) {
                    var view = Statuses.await(core.read(Views::stop));
                    if (!view.equals(last)) {
                        outgoing.send(StopResponse.newBuilder().setTasksBefore(view.tasksBefore())
                                .addAllAgents(view.agents()).addAllUnreachable(view.unreachable()).build());
                    }
                    last = view;
                    if (view.pending() || !view.agents().isEmpty()) {
                        outgoing.awaitNews(MILLIS_BETWEEN_LOOKS);
                    }
                }
            }
        });
    }
}
