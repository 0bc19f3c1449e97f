package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Assignment;
import dev.ganger.agent.core.Input;
import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Refusal;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What api.AgentSession and api.GrantMessages do, line by line, without gRPC. */
final class Session {
    private final World world;
    private final Coordinator coordinator;
    private final Stream stream;
    private final long session;
    private final Deque<Action.Say> unread = new ArrayDeque<>();
    private @Nullable AgentId agent;
    private boolean waits;
    private boolean present;
    private boolean over;

    Session(World world, Stream stream) {
        this.world = world;
        this.coordinator = world.coordinator;
        this.stream = stream;
        this.session = coordinator.nextSession();
    }

    // ---- from the agent: one message after the other

    void read(Action.Say words) {
        unread.add(words);
        if (world.plan.has(Plan.Fault.DUPLICATES) && words instanceof Action.Report && world.chance.is(0.2)) {
            unread.add(words);
        }
        readOn();
    }

    private void readOn() {
        while (!waits && !over && !unread.isEmpty()) {
            var words = unread.remove();
            if (agent == null) {
                attach((Action.Beat) words);
            } else {
                listen(agent, words);
            }
        }
    }

    /** Does not wait, so that what an agent says in one breath is one batch. */
    private <R> void execute(Command<R> command, Consumer<R> then) {
        coordinator.execute(command, outcome -> {
            switch (outcome) {
                case Outcome.Replied<R>(var reply) -> then.accept(reply);
                case Outcome.Refused<R>(var refusal) -> end(refusal.kind());
            }
        });
    }

    private void attach(Action.Beat hello) {
        var id = stream.agent;
        agent = id;
        coordinator.subscribe(this);
        waits = true;
        execute(new Command.Attach(session, id, stream.worker.slots, 1, "test", new TreeMap<>(), hello.sequence(), hello.held()),
                attached -> {
                    waits = false;
                    if (attached.stop()) {
                        send(new Input.StopAsked(attached.stopNow()));
                    }
                    readOn();
                });
    }

    private void listen(AgentId id, Action.Say words) {
        switch (words) {
            case Action.Beat beat ->
                execute(new Command.Beat(session, id, beat.sequence(), beat.processed(), beat.held()), _ -> {});
            case Action.Pull pull -> execute(new Command.Pull(session, id, pull.processed(), pull.free(), pull.ahead()), _ -> {});
            case Action.Report report -> report(id, report);
            case Action.Goodbye goodbye -> execute(new Command.Goodbye(session, id, goodbye.stopped()), _ -> end(null));
        }
    }

    private void report(AgentId id, Action.Report report) {
        var started = report.started().stream()
                .map(each -> new Event.Started(each.attempt(), each.pid(), each.at())).toList();
        var ended = report.ended().stream().map(each -> new Command.Ended(each.attempt(), each.run())).toList();
        world.laws.returnedByAgent(report.returned());
        execute(new Command.Report(session, id, started, ended, report.returned()), recorded -> {
            if (!recorded.attempts().isEmpty()) {
                sendPerhapsTwice(new Input.Recorded(recorded.attempts()));
            }
        });
    }

    void gone() {
        over = true;
        coordinator.unsubscribe(this);
        var id = agent;
        if (id != null && coordinator.isUp()) {
            coordinator.execute(new Command.Detach(session, id), _ -> {});
        }
    }

    // ---- to the agent

    void heard(List<Event> events) {
        for (var event : events) {
            if (event instanceof Event.AgentAttached attached && isOurs(attached.agent())) {
                takeOver(attached);
            } else if (present) {
                hear(event);
            }
        }
    }

    private boolean isOurs(AgentId id) {
        return agent != null && id.instance().equals(agent.instance());
    }

    private void takeOver(Event.AgentAttached attached) {
        if (present && attached.session() != session) {
            end(null);
        }
        present = attached.session() == session;
        if (present) {
            send(new Input.Welcomed(world.plan.settings().lease(), world.plan.settings().beat()));
        }
    }

    private void hear(Event event) {
        switch (event) {
            case Event.Leased leased when isOurs(leased.agent()) -> grant(leased);
            case Event.AgentSeen seen when seen.session() == session -> send(new Input.BeatAnswered(seen.sequence()));
            case Event.CancelRequested requested when isOurs(requested.agent()) ->
                send(new Input.CancelAsked(requested.attempts()));
            case Event.Superseded superseded when isOurs(superseded.agent()) ->
                send(new Input.Superseded(superseded.attempts()));
            case Event.Recalled recalled when isOurs(recalled.agent()) -> send(new Input.Recalled(recalled.attempts()));
            case Event.StopReleased released when released.agents().stream().anyMatch(this::isOurs) ->
                send(new Input.StopAsked(released.now()));
            case Event.AgentStopReleased released when isOurs(released.agent()) -> send(new Input.StopAsked(false));
            case Event.AgentRemoved removed when isOurs(removed.agent()) -> end(Refusal.Kind.FORBIDDEN);
            case Event.AgentLost lost when isOurs(lost.agent()) -> end(null);
            default -> {
            }
        }
    }

    private void grant(Event.Leased leased) {
        var assignments = new ArrayList<Assignment>();
        for (var grant : leased.grants()) {
            var origin = coordinator.views().origin(grant.job());
            if (origin == null) {
                throw new AssertionError("granted a job that is not there: " + grant);
            }
            var range = grant.indices();
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                Bytes entry = origin.entries() ? coordinator.store().read(origin.draft(), index, index).getFirst() : null;
                assignments.add(new Assignment(new AttemptId(grant.job(), index, grant.attempt()), origin.spec(), entry));
            }
        }
        var half = world.chance.is(0.2) ? assignments.size() / 2 : 0;
        if (half > 0) {
            send(new Input.Granted(leased.number(), true, assignments.subList(0, half)));
        }
        sendPerhapsTwice(new Input.Granted(leased.number(), false, assignments.subList(half, assignments.size())));
    }

    private void sendPerhapsTwice(Input input) {
        send(input);
        if (world.plan.has(Plan.Fault.DUPLICATES) && world.chance.is(0.2)) {
            send(input);
        }
    }

    private void send(Input input) {
        if (!over) {
            stream.down(input);
        }
    }

    private void end(Refusal.@Nullable Kind why) {
        if (!over) {
            stream.endByCoordinator(why);
            gone();
        }
    }
}
