package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Attempts;
import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what people ask of single agents: drain, resume, stop, gone, remove. */
final class AgentControls {
    /** Agents that a sentence names, at most. */
    private static final int NAMED = 10;

    private final State state;
    private final Settings settings;

    AgentControls(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    Decision<Attempts> drain(Command.DrainAgent drain, Time time) {
        var agent = known(drain.name());
        if (agent == null) {
            return noSuchAgent(drain.name());
        }
        return isFull(agent)
                ? full()
                : Decision.accepted(held(agent), new Event.AgentDrained(agent, drain.reason(), time.at()));
    }

    Decision<Attempts> stop(Command.StopAgent stop, Time time) {
        var agent = known(stop.name());
        if (agent == null) {
            return noSuchAgent(stop.name());
        }
        if (state.fleet().isStopping(agent.instance())) {
            return Decision.accepted(held(agent));
        }
        return isFull(agent)
                ? full()
                : Decision.accepted(held(agent), new Event.AgentStopRequested(agent, stop.reason(), time.at()));
    }

    private boolean isFull(AgentId agent) {
        var restraints = state.fleet().restraints();
        return restraints.count() >= Settings.RESTRAINED_AGENTS && !restraints.holdBack(agent.instance());
    }

    private static <R> Decision<R> full() {
        return Decision.rejected(Kind.FULL, "%d agents are drained or to be stopped; resume or remove some of them first"
                .formatted(Settings.RESTRAINED_AGENTS));
    }

    Decision<Done> resume(String name, Time time) {
        var restraints = state.fleet().restraints();
        var present = state.fleet().named(name);
        var free = present != null && !isHeldBack(present.id());
        var former = free ? awayWith(name) : null;
        var agent = former == null ? known(name) : former;
        if (agent == null) {
            return noSuchAgent(name);
        }
        if (state.fleet().isStopping(agent) && restraints.drainOf(agent.instance()) == null) {
            return Decision.rejected(Kind.NOT_NOW, "agent '%s' got STOP and ends; start it again".formatted(agent));
        }
        return isHeldBack(agent)
                ? Decision.accepted(Done.DONE, new Event.AgentResumed(agent, time.at()))
                : Decision.accepted(Done.DONE);
    }

    /** By somebody, or because what failed there succeeded elsewhere. */
    private boolean isHeldBack(AgentId agent) {
        return state.fleet().restraints().holdBack(agent.instance()) || state.doubts().isQuarantined(agent.instance());
    }

    Decision<Attempts> giveUp(Command.GiveUpAgent gone, Time time) {
        var agent = state.fleet().named(gone.name());
        if (agent == null) {
            return noSuchAgent(gone.name());
        }
        var silent = agent.silentFor(time.now());
        if (silent <= settings.unknownAfterMillis()) {
            return Decision.rejected(Kind.NOT_NOW,
                    "agent '%s' beats: it was last heard of %d s ago; 'ganger agent stop %s' lets it finish, 'ganger agent remove %s' ends it at once"
                            .formatted(agent.id(), silent / 1_000, agent.id(), agent.id()));
        }
        var found = new Findings(state, time);
        var lost = held(agent.id());
        found.lose(agent.id(), List.copyOf(agent.held().values()),
                reasoned("somebody said that agent %s is gone".formatted(agent.id()), gone.reason()));
        found.add(new Event.AgentLost(agent.id(), time.at()));
        return found.reply(lost);
    }

    /** Every installation under the name: that which is here, and those that have joined and are away. */
    Decision<Attempts> remove(Command.RemoveAgent remove, Time time) {
        var installations = installations(remove.name());
        if (installations.isEmpty()) {
            return noSuchAgent(remove.name());
        }
        var found = new Findings(state, time);
        for (var id : installations) {
            var agent = state.fleet().of(id);
            if (agent != null) {
                found.lose(id, List.copyOf(agent.held().values()),
                        reasoned("agent %s was removed".formatted(id), remove.reason()));
            }
            found.add(new Event.AgentRemoved(id, remove.reason(), time.at()));
        }
        return found.reply(new Attempts(installations.stream().mapToLong(id -> held(id).count()).sum()));
    }

    private Collection<AgentId> installations(String name) {
        var found = new LinkedHashMap<UUID, AgentId>();
        var first = known(name);
        if (first != null) {
            found.put(first.instance(), first);
        }
        for (var identity : state.identities().agents(name)) {
            var present = state.fleet().of(identity.instance());
            found.putIfAbsent(identity.instance(),
                    present != null ? present.id() : new AgentId(name, identity.instance(), 1));
        }
        return found.values();
    }

    private static String reasoned(String what, String reason) {
        return reason.isEmpty() ? what : what + ": " + reason;
    }

    // ---- which agent

    /** The agent that has the name, or one that had it when it was drained, to be stopped or quarantined and is away. */
    private @Nullable AgentId known(String name) {
        var present = state.fleet().named(name);
        return present != null ? present.id() : awayWith(name);
    }

    private @Nullable AgentId awayWith(String name) {
        return away().filter(id -> id.name().equals(name)).findFirst().orElse(null);
    }

    private Stream<AgentId> away() {
        var restraints = state.fleet().restraints();
        return Stream.of(restraints.drained().stream().map(Event.AgentDrained::agent),
                restraints.stops().stream().map(Event.AgentStopRequested::agent),
                state.doubts().all().stream().filter(doubt -> doubt.quarantine() != null).map(Doubt::agent))
                .flatMap(each -> each)
                .filter(id -> state.fleet().of(id.instance()) == null);
    }

    private Attempts held(AgentId id) {
        var agent = state.fleet().of(id.instance());
        return new Attempts(agent == null ? 0 : agent.held().size());
    }

    private <R> Decision<R> noSuchAgent(String name) {
        var names = Stream.concat(state.fleet().all().stream().map(AgentRecord::id), away()).map(AgentId::name).distinct()
                .sorted().toList();
        var there = names.isEmpty()
                ? "there is none now"
                : "there are " + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (names.size() > NAMED ? " and %d more".formatted(names.size() - NAMED) : "");
        return Decision.rejected(Kind.NOT_FOUND, "there is no agent '%s'; %s".formatted(name, there));
    }

    // ---- what happens by itself

    /** STOP goes to a single agent once it holds nothing. */
    void releaseStops(Findings found, Time time) {
        for (var stop : state.fleet().restraints().stops()) {
            var agent = state.fleet().of(stop.agent().instance());
            if (agent != null && agent.held().isEmpty() && !state.fleet().isStopping(agent.id())) {
                found.add(new Event.AgentStopReleased(agent.id(), time.at()));
            }
        }
    }
}
