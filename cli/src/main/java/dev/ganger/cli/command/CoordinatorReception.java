package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.install.Reception;
import dev.ganger.model.Agent;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The coordinator as those see it who put agents on machines. */
final class CoordinatorReception implements Reception {
    private final Coordinator coordinator;
    private final Function<String, @Nullable String> tokens;

    /** Tokens: one for an agent of this name, or null where nobody asks for one. */
    CoordinatorReception(Coordinator coordinator, Function<String, @Nullable String> tokens) {
        this.coordinator = coordinator;
        this.tokens = tokens;
    }

    @Override
    public synchronized @Nullable String admit(String name) {
        return tokens.apply(name);
    }

    @Override
    public boolean knows(String name) {
        return any(agent -> agent.id().name().equals(name));
    }

    @Override
    public Meeting meeting(String name, long pid) {
        return any(agent -> agent.id().name().equals(name) && agent.pid() == pid && agent.state() != Agent.State.UNKNOWN)
                ? Meeting.MET
                : Meeting.AWAITED;
    }

    private synchronized boolean any(Predicate<Agent> trait) {
        return coordinator.control().agents().stream().anyMatch(trait);
    }
}
