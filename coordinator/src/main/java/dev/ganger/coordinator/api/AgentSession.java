package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.security.Caller;
import dev.ganger.model.AgentId;
import dev.ganger.model.Labels;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.Beat;
import dev.ganger.proto.v1.BeatAnswer;
import dev.ganger.proto.v1.Hello;
import dev.ganger.proto.v1.Report;
import dev.ganger.wire.Build;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.Version;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of one agent: what it says becomes commands, what it must know is sent in the order in which it happened. */
final class AgentSession implements StreamObserver<AttachRequest> {
    /** News that the agent has not read; one that lets more pile up is cut off and may attach again. */
    private static final int BACKLOG = 10_000;

    private final Core core;
    private final Settings settings;
    private final long session;
    private final Caller caller = Caller.present();
    private final Outgoing<AttachResponse> outgoing;
    private final GrantMessages grants;
    private final BlockingQueue<News> backlog = new LinkedBlockingQueue<>(BACKLOG);
    private volatile @Nullable AgentId agent;
    private volatile Core.@Nullable Subscription subscription;
    /** On the loop's thread only: whether this session is the agent's present one. */
    private boolean present;

    /** What the sending thread is to do next. */
    private sealed interface News {
        record Message(AttachResponse message) implements News {}

        record Granted(Event.Leased leased) implements News {}

        record End(@Nullable Status status) implements News {}
    }

    AgentSession(Core core, Settings settings, long session, StreamObserver<AttachResponse> answers) {
        this.core = core;
        this.settings = settings;
        this.session = session;
        this.outgoing = new Outgoing<>(answers);
        this.grants = new GrantMessages(core);
        outgoing.start(_ -> sendBacklog());
    }

    // ---- from the agent; on the call's virtual thread, one message after the other

    @Override
    public void onNext(AttachRequest request) {
        try {
            var known = agent;
            if (known == null) {
                attach(request);
            } else {
                listen(known, request);
            }
        } catch (RuntimeException failure) {
            end(Statuses.of(failure));
        }
    }

    private void attach(AttachRequest request) {
        if (!request.hasBeat() || !request.getBeat().hasHello()) {
            throw Status.FAILED_PRECONDITION.withDescription("a stream begins with a Beat that has a Hello").asRuntimeException();
        }
        var hello = request.getBeat().getHello();
        checkVersion(hello);
        var id = new AgentId(hello.getName(), FromWire.uuid(hello.getInstance()), hello.getStart());
        checkIdentity(id);
        agent = id;
        subscription = core.watch(new Topic.OfAgent(id.instance()), this::heard);
        var attached = Statuses.reply(core.execute(command(id, hello, request.getBeat())));
        if (attached.stop()) {
            send(WorkMessages.stop(attached.stopNow()));
        }
    }

    /** An agent speaks for itself only. */
    private void checkIdentity(AgentId id) {
        if (caller instanceof Caller.Agent known && !(known.instance().equals(id.instance()) && known.name().equals(id.name()))) {
            throw Status.PERMISSION_DENIED.withDescription(
                    "this connection is that of agent '%s' (installation %s), which cannot attach as '%s' (installation %s); join under that name first"
                            .formatted(known.name(), known.instance(), id.name(), id.instance()))
                    .asRuntimeException();
        }
    }

    /** One that cannot be told is taken at its word. */
    private static void checkVersion(Hello hello) {
        var theirs = Version.parse(hello.getVersion());
        var own = Version.parse(Build.VERSION);
        if (theirs != null && own != null && !theirs.understands(own)) {
            throw Status.PERMISSION_DENIED.withDescription(
                    "agent '%s' is Ganger %s and the coordinator is %s, which are too far apart: update the %s".formatted(
                            hello.getName(), hello.getVersion(), Build.VERSION,
                            theirs.isOlderThan(own) ? "agent" : "coordinator"))
                    .asRuntimeException();
        }
    }

    private Command.Attach command(AgentId id, Hello hello, Beat beat) {
        if (hello.getSlots() < 1 || hello.getSlots() > Limits.SLOTS) {
            throw new IllegalArgumentException(
                    "an agent has 1 to %d slots, not %d".formatted(Limits.SLOTS, hello.getSlots()));
        }
        return new Command.Attach(session, id, hello.getSlots(), hello.getPid(), hello.getVersion(),
                Labels.checked(hello.getLabelsMap()), beat.getSequence(), WorkMessages.attempts(beat.getHeldList()));
    }

    private void listen(AgentId id, AttachRequest request) {
        switch (request.getMessageCase()) {
            case BEAT -> {
                var beat = request.getBeat();
                execute(new Command.Beat(session, id, beat.getSequence(), beat.getProcessed(),
                        WorkMessages.attempts(beat.getHeldList())), _ -> {});
            }
            case PULL -> {
                var pull = request.getPull();
                execute(new Command.Pull(session, id, pull.getProcessed(), pull.getFree(), pull.getAhead()), _ -> {});
            }
            case REPORT -> report(id, request.getReport());
            case GOODBYE -> execute(new Command.Goodbye(session, id, request.getGoodbye().getStopped()), _ -> end(null));
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("an agent sends Beat, Pull, Report or Goodbye");
        }
    }

    private void report(AgentId id, Report report) {
        var started = report.getStartedList().stream().map(each -> new Event.Started(FromWire.attempt(each.getAttempt()),
                each.getPid(), FromWire.instant(each.getStartedAt()))).toList();
        var ended = report.getEndedList().stream()
                .map(each -> new Command.Ended(FromWire.attempt(each.getAttempt()), FromWire.run(each.getRun()))).toList();
        execute(new Command.Report(session, id, started, ended, WorkMessages.attempts(report.getReturnedList())), recorded -> {
            if (!recorded.attempts().isEmpty()) {
                send(WorkMessages.recorded(recorded.attempts()));
            }
        });
    }

    /** Does not wait, so that what an agent says in one breath becomes durable in one batch; a full inbox holds the agent up. */
    private <R> void execute(Command<R> command, Consumer<R> then) {
        var _ = core.execute(command).whenComplete((outcome, failure) -> {
            switch (outcome) {
                case null -> end(Statuses.of(failure));
                case Outcome.Replied<R>(var reply) -> then.accept(reply);
                case Outcome.Refused<R>(var refusal) -> end(Statuses.of(refusal));
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    @Override
    public void onCompleted() {
        gone();
        end(null);
    }

    private void gone() {
        var present = subscription;
        if (present != null) {
            present.close();
        }
        var id = agent;
        if (id != null) {
            var _ = core.execute(new Command.Detach(session, id));
        }
    }

    // ---- to the agent; heard on the loop's thread

    private void heard(List<Event> events) {
        for (var event : events) {
            if (event instanceof Event.AgentAttached attached) {
                takeOver(attached);
            } else if (present) {
                hear(event);
            }
        }
    }

    private void takeOver(Event.AgentAttached attached) {
        if (present && attached.session() != session) {
            end(Status.ABORTED.withDescription("a newer stream of this agent replaced this one"));
        }
        present = attached.session() == session;
        if (present) {
            send(WorkMessages.welcome(settings));
        }
    }

    private void hear(Event event) {
        switch (event) {
            case Event.Leased leased -> queue(new News.Granted(leased));
            case Event.AgentSeen seen when seen.session() == session -> send(AttachResponse.newBuilder()
                    .setBeatAnswer(BeatAnswer.newBuilder().setSequence(seen.sequence())).build());
            case Event.CancelRequested requested -> send(WorkMessages.cancel(requested.attempts()));
            case Event.Superseded superseded -> send(WorkMessages.supersede(superseded.attempts()));
            case Event.Recalled recalled -> send(WorkMessages.recall(recalled.attempts()));
            case Event.StopReleased released -> send(WorkMessages.stop(released.now()));
            case Event.AgentStopReleased _ -> send(WorkMessages.stop(false));
            case Event.AgentRemoved removed -> end(Status.PERMISSION_DENIED.withDescription(removed.sentence()));
            case Event.AgentLost _ -> end(Status.ABORTED.withDescription("this agent was silent and was given up"));
            default -> {
            }
        }
    }

    private void send(AttachResponse message) {
        queue(new News.Message(message));
    }

    private void end(@Nullable Status status) {
        queue(new News.End(status));
    }

    private void queue(News news) {
        if (!backlog.offer(news)) {
            backlog.clear();
            backlog.add(new News.End(Status.RESOURCE_EXHAUSTED.withDescription("the agent reads too slowly")));
        }
    }

    /** On a virtual thread of its own: may wait for the disk and for the agent. */
    private void sendBacklog() throws InterruptedException {
        try {
            while (true) {
                switch (backlog.take()) {
                    case News.Message(var message) -> outgoing.send(message);
                    case News.Granted(var leased) -> grants.send(leased, outgoing);
                    case News.End(var status) -> {
                        if (status != null) {
                            throw status.asRuntimeException();
                        }
                        return;
                    }
                }
            }
        } finally {
            gone();
        }
    }
}
