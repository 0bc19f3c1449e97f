package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.model.AgentId;
import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Order;
import dev.ganger.model.Run;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A coordinator on a desk: one asks, and looks at what has happened and who got what. */
final class Desk {
    static final Settings SETTINGS = new Settings(10, 1_000, Duration.ofSeconds(60), Duration.ofDays(30));
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

    final State state;
    final List<Event> events = new ArrayList<>();
    private final Settings settings;
    private final Dispatcher dispatcher;
    private final Map<AgentId, Long> sequences = new HashMap<>();
    private long now;
    private long sessions;
    private long drafts;
    /** Between the clocks. */
    private long offset;

    Desk() {
        this(SETTINGS);
    }

    Desk(Settings settings) {
        this(new State(), settings);
    }

    private Desk(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
        this.dispatcher = new Dispatcher(state, settings);
    }

    // ---- asking

    <R> R ask(Command<R> command) {
        return switch (dispatcher.decide(command, time())) {
            case Decision.Accepted<R>(var found, var _, var reply) -> {
                apply(found);
                settle();
                yield reply;
            }
            case Decision.Rejected<R>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    Refusal.@Nullable Kind refusal(Command<?> command) {
        return dispatcher.decide(command, time()) instanceof Decision.Rejected<?>(var refusal) ? refusal.kind() : null;
    }

    /** The sentence of a refusal. */
    String refusalText(Command<?> command) {
        if (dispatcher.decide(command, time()) instanceof Decision.Rejected<?>(var refusal)) {
            return refusal.text();
        }
        throw new AssertionError("accepted: " + command);
    }

    /** What would be stored if this were asked; it is not. */
    List<Payload> payloadsOf(Command<?> command) {
        if (dispatcher.decide(command, time()) instanceof Decision.Accepted<?>(var _, var payloads, var _)) {
            return payloads;
        }
        throw new AssertionError("refused: " + command);
    }

    void pass(Duration time) {
        now += time.toMillis();
        settle();
    }

    /** Goes on with another state, as after a restart: the monotonic clock begins anew, the wall clock stands where it is said to. */
    Desk restarted(State from, Duration wallClock) {
        var desk = new Desk(from, settings);
        desk.offset = offset + now + wallClock.toMillis();
        desk.sequences.putAll(sequences);
        desk.drafts = drafts;
        desk.settle();
        return desk;
    }

    private Time time() {
        return new Time(now, AT.plusMillis(offset + now));
    }

    private void settle() {
        for (var next = dispatcher.consequence(time()); !next.events().isEmpty(); next = dispatcher.consequence(time())) {
            apply(next.events());
        }
    }

    private void apply(List<Event> found) {
        found.forEach(state::apply);
        events.addAll(found);
    }

    // ---- clients

    static JobSpec spec(int priority, int retries) {
        return JobSpec.of(List.of(Argument.literal(Bytes.utf8("true")))).with(new Order(priority, 0, ""))
                .with(FailurePolicy.DEFAULT.retrying(retries));
    }

    Command.Submit job(String key, JobSpec spec, int tasks, @Nullable Duration patience) {
        return new Command.Submit(new UUID(1, ++drafts), "me", key, Bytes.utf8(tasks + "/" + spec), spec, Indices.of(1, tasks),
                false, patience);
    }

    static JobSpec spec(Order order) {
        return spec(0, 0).with(order);
    }

    /** Only for the agent of that name. */
    static JobSpec only(String agent) {
        return spec(new Order(0, 0, agent));
    }

    static JobSpec atMost(int running) {
        return spec(new Order(0, running, ""));
    }

    Submission submit(JobSpec spec, int tasks) {
        return ask(job("", spec, tasks, null));
    }

    /** A task for each agent. */
    Command.Submit eachAgent(String key, JobSpec spec) {
        return new Command.Submit(new UUID(1, ++drafts), "me", key, Bytes.utf8("each/" + spec), spec, null, false, null);
    }

    Submission submit(int tasks) {
        return ask(job("", spec(0, 0), tasks, null));
    }

    static Indices tasks(long first, long last) {
        return new Indices(List.of(new IndexRange(first, last, 1)));
    }

    // ---- agents

    static AgentId agent(int number, long start) {
        return new AgentId("vm-" + number, new UUID(2, number), start);
    }

    /** The first beat of a stream. */
    static Command.Attach attach(long session, AgentId agent, long sequence, AttemptId... held) {
        return new Command.Attach(session, agent, 2, 1, "test", new TreeMap<>(Map.of("zone", "north")), sequence, List.of(held));
    }

    long attach(AgentId agent, AttemptId... held) {
        ask(attach(++sessions, agent, sequence(agent), held));
        return sessions;
    }

    private long sequence(AgentId agent) {
        return sequences.merge(agent, 1L, Long::sum);
    }

    /** An agent that is there and has stated its room. */
    long agentWithRoom(AgentId agent, int free, int ahead) {
        var session = attach(agent);
        ask(new Command.Pull(session, agent, 0, free, ahead));
        return session;
    }

    void beat(AgentId agent, long session, long processed, AttemptId... held) {
        ask(new Command.Beat(session, agent, sequence(agent), processed, List.of(held)));
    }

    void starts(AgentId agent, AttemptId attempt) {
        ask(new Command.Report(1, agent, List.of(new Event.Started(attempt, 4711, AT)), List.of(), List.of()));
    }

    void ends(AgentId agent, AttemptId attempt, Ending ending) {
        ask(new Command.Report(1, agent, List.of(), List.of(new Command.Ended(attempt, Run.unseen(AT, ending))), List.of()));
    }

    void gives(AgentId agent, AttemptId attempt) {
        ask(new Command.Report(1, agent, List.of(), List.of(), List.of(attempt)));
    }

    // ---- looking

    static AttemptId attempt(long job, long index, int number) {
        return new AttemptId(job, index, number);
    }

    List<AttemptId> heldBy(AgentId agent) {
        var record = state.fleet().of(agent.instance());
        return record == null ? List.of() : List.copyOf(record.held().keySet());
    }

    Views views() {
        return new Views(state, settings, time());
    }

    /** What a restart gives: the durable events, applied to nothing. */
    State replayed() {
        var fresh = new State();
        events.stream().filter(Event.Durable.class::isInstance).forEach(fresh::apply);
        return fresh;
    }

    /** What a restart from a snapshot gives. */
    State restored() {
        var fresh = new State();
        state.snapshot().forEach(fresh::apply);
        return fresh;
    }

    TaskState stateOf(long job, long index) {
        var view = views().task(new TaskId(job, index));
        if (view == null) {
            throw new AssertionError("no task");
        }
        return view.state();
    }

    <E extends Event> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
