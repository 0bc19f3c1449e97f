package dev.ganger.cli.view;

import dev.ganger.model.Agent;
import java.util.List;

/** How agents are shown. */
public final class Agents {
    public static final Shape<Agent> SHAPE = new Shape<>(List.of(
            Column.wide("NAME", agent -> agent.id().name()),
            Column.state("STATE", agent -> Words.word(agent.state())),
            Column.number("SLOTS", Agent::slots),
            Column.number("BUSY", Agent::busy),
            Column.number("PID", Agent::pid),
            Column.word("VERSION", Agent::version),
            Column.word("SEEN", agent -> Words.shortTime(agent.lastSeenAt()))), Agents::write, agent -> agent.id().name());

    private Agents() {}

    private static void write(Json json, Agent agent) {
        json.text("name", agent.id().name())
                .text("instance", agent.id().instance().toString())
                .text("state", Words.word(agent.state()))
                .number("pid", agent.pid() == 0 ? null : (Number) agent.pid())
                .object("slots", slots -> slots.number("total", agent.slots()).number("busy", agent.busy()))
                .object("labels", _ -> {})
                .text("version", Jobs.known(agent.version()))
                .text("lastSeenAt", Words.time(agent.lastSeenAt()))
                .texts("running", agent.held().stream().map(attempt -> attempt.task().toString()).toList());
    }
}
