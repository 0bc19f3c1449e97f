package dev.ganger.cli.view;

import dev.ganger.model.Agent;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How agents are shown. */
public final class Agents {
    public static final Shape<Agent> SHAPE = new Shape<>(List.of(
            Column.wide("NAME", agent -> agent.id().name()),
            Column.state("STATE", agent -> Words.word(agent.state())),
            Column.number("SLOTS", 1, Agent::slots),
            Column.number("BUSY", Agent::busy),
            Column.number("PID", 6, agent -> Runs.pid(agent.pid())),
            Column.word("VERSION", 5, Agent::version),
            Column.word("SEEN", 4, agent -> Words.shortTime(agent.lastSeenAt())),
            Column.wide("LABELS", 3, Agents::labels),
            Column.wide("REASON", 2, Agent::reason)), Agents::write, agent -> agent.id().name());

    private Agents() {}

    private static @Nullable String labels(Agent agent) {
        return Jobs.known(agent.labels().entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(",")));
    }

    private static void write(Json json, Agent agent) {
        json.text("name", agent.id().name())
                .text("instance", agent.id().instance().toString())
                .text("state", Words.word(agent.state()))
                .text("reason", Jobs.known(agent.reason()))
                .number("pid", Runs.pid(agent.pid()))
                .object("slots", slots -> slots.number("total", agent.slots()).number("busy", agent.busy()))
                .object("labels", labels -> agent.labels().forEach(labels::text))
                .text("version", Jobs.known(agent.version()))
                .text("lastSeenAt", Words.time(agent.lastSeenAt()))
                .texts("running", agent.held().stream().map(attempt -> attempt.task().toString()).toList());
    }

    /** Everything about one. */
    public static void show(Output output, Agent agent) {
        output.one(agent, Agents::describe, Agents::write, agent.id().name());
    }

    private static void describe(Fields fields, Agent agent) {
        fields.add("agent", agent.id().name())
                .add("state", Words.word(agent.state()))
                .add("reason", agent.reason())
                .add("slots", "%d, %d busy".formatted(agent.slots(), agent.busy()))
                .add("holds", agent.held().stream().map(Object::toString).collect(Collectors.joining(", ")));
        agent.labels().forEach((name, value) -> fields.add("label", name + "=" + value));
        fields.add("last seen", Words.time(agent.lastSeenAt()))
                .add("instance", agent.id().instance() + ", started " + Words.count(agent.id().start(), "time"))
                .add("pid", Runs.pid(agent.pid()))
                .add("version", agent.version());
    }
}
