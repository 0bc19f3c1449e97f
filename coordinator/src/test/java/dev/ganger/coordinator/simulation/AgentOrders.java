package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Command;
import java.util.ArrayList;

/** What an operator asks of single agents. */
final class AgentOrders {
    private final World world;
    private final Operator operator;

    AgentOrders(World world, Operator operator) {
        this.world = world;
        this.operator = operator;
    }

    private String someone() {
        return world.chance.oneOf(world.workers).name();
    }

    void drain() {
        operator.ask(new Command.DrainAgent(someone(), "new kernel"), () -> {});
    }

    /** Also one that is away, as long as it is known. */
    void resume() {
        var held = new ArrayList<>(world.laws.records.fleet.restrained());
        held.addAll(world.laws.records.doubts.quarantined());
        if (held.isEmpty()) {
            operator.next();
        } else {
            operator.ask(new Command.ResumeAgent(world.chance.oneOf(held).name()), () -> {});
        }
    }

    void stop() {
        operator.ask(new Command.StopAgent(someone(), "new kernel"), () -> {});
    }

    void gone() {
        var agent = someone();
        world.laws.mayBeGone(agent);
        operator.ask(new Command.GiveUpAgent(agent, ""), () -> {});
    }

    void remove() {
        if (world.chance.is(0.7)) {
            operator.next();
            return;
        }
        var agent = someone();
        world.laws.mayBeRemoved(agent);
        operator.ask(new Command.RemoveAgent(agent, "sold"), () -> {});
    }

    /** Tasks of machines that are gone for ever: STOP names them, and somebody cancels their job. */
    void cancelUnrunnable() {
        for (var worker : world.workers) {
            for (var job : world.laws.records.jobs.values()) {
                if (worker.isGone() && job.unfinished > 0 && job.firstQueued(worker.name()) != null
                        && job.queued.stream().anyMatch(ordinal -> job.agentOf(ordinal).equals(worker.name()))) {
                    operator.cancelAll(job.origin.job());
                    return;
                }
            }
        }
        operator.next();
    }
}
