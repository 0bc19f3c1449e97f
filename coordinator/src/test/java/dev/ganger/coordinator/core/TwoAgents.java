package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import java.time.Duration;

import static dev.ganger.coordinator.core.Desk.agent;

/** Two agents, on one of which something may be wrong. */
final class TwoAgents {
    static final AgentId ONE = agent(1, 1);
    static final AgentId TWO = agent(2, 1);
    static final Ending SUCCESS = new Ending.Exited(0);
    static final Ending FAILURE = new Ending.Exited(1);
    static final Ending MISSING = new Ending.CannotStart(Ending.Obstacle.NO_SUCH_PROGRAM, "no 'x' in PATH");
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final Desk desk;
    long one;
    long two;

    TwoAgents(Desk desk) {
        this.desk = desk;
    }

    /** The first has room, the second none yet. */
    void attach() {
        one = desk.agentWithRoom(ONE, 1, 0);
        two = desk.attach(TWO);
    }

    void pull(AgentId agent, int free) {
        desk.ask(new Command.Pull(agent.equals(ONE) ? one : two, agent, 100, free, 0));
    }

    void passBeating(Duration time) {
        for (var left = time; left.isPositive(); left = left.minus(BEAT)) {
            desk.pass(left.compareTo(BEAT) < 0 ? left : BEAT);
            desk.beat(ONE, one, 0, desk.heldBy(ONE).toArray(AttemptId[]::new));
            desk.beat(TWO, two, 0, desk.heldBy(TWO).toArray(AttemptId[]::new));
        }
    }
}
