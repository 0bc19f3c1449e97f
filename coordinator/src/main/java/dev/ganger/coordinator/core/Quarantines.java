package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.Ending;
import java.time.Instant;
import java.util.List;

/**
 * Decides which agents are to be kept from work: those on which tasks fail that succeed elsewhere. They get one task now and then, as a
 * try; if it succeeds they are as good as any other.
 */
final class Quarantines {
    private final State state;
    private final Settings settings;

    Quarantines(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    // ---- what an attempt's end says of agents

    void hear(Findings found, AgentId agent, Lease lease, Ending ending, Time time) {
        suspect(found, agent, lease, ending, time);
        var doubt = state.doubts().of(agent.instance());
        if (doubt == null || !lease.attempt.equals(doubt.canary())) {
            return;
        }
        var quarantine = doubt.quarantine();
        if (ending.succeeded()) {
            found.add(new Event.AgentTrusted(agent, time.at()));
        } else if (quarantine != null && lease.cancelReason() == null && !isBound(lease)) {
            found.add(quarantined(agent, quarantine.evidence(), quarantine.times() + 1, quarantine.since(), time));
        }
    }

    /** What only this agent may run says nothing if it fails, and is not to wait for hours because of it. */
    private boolean isBound(Lease lease) {
        return !state.jobs().must(lease.attempt.job()).origin.agentOf(lease.ordinal).isEmpty();
    }

    /** Where the task had failed before: that it could not start counts if it started here, that it failed if it succeeded here. */
    private void suspect(Findings found, AgentId agent, Lease lease, Ending ending, Time time) {
        var task = lease.attempt.task();
        for (var other : state.doubts().failedOn(task)) {
            var doubt = state.doubts().of(other);
            if (doubt != null && !other.equals(agent.instance())) {
                var hadStarted = doubt.failed().getOrDefault(task, true);
                if (hadStarted ? ending.succeeded() : !(ending instanceof Ending.CannotStart)) {
                    found.add(new Event.AgentSuspected(doubt.agent(), task, agent.name(), time.at()));
                }
            }
        }
    }

    private Event.AgentQuarantined quarantined(AgentId agent, List<Evidence> evidence, int times, Instant since,
            Time time) {
        var pause = new Pause(time.at(), time.at().plus(settings.quarantine(times)));
        return new Event.AgentQuarantined(agent, evidence, times, since, pause);
    }

    // ---- what happens by itself

    /** An agent against which enough speaks, and that is not the only one. */
    void begin(Findings found, Time time) {
        for (var doubt : state.doubts().all()) {
            var agent = doubt.isEnough() ? state.fleet().of(doubt.agent().instance()) : null;
            if (agent != null && state.fleet().all().size() > 1) {
                found.add(quarantined(agent.id(), doubt.evidence(), 1, time.at(), time));
                return;
            }
        }
    }

    /** From the wall clock to this coordinator's: a pause is never longer than it was meant to be, whatever the wall clock did meanwhile. */
    void clock(Findings found, Time time) {
        for (var doubt : state.doubts().all()) {
            var quarantine = doubt.quarantine();
            if (quarantine != null && doubt.isUnclocked()) {
                var pause = quarantine.pause();
                found.add(new Event.CanaryClocked(doubt.agent(), time.now() + pause.left(time.at()).toMillis(),
                        time.now() + pause.left(time.at(), settings.quarantine(1)).toMillis()));
            }
        }
    }

    /** How long tasks that failed on an agent wait for others. */
    void clockDetours(Findings found, Time time) {
        for (var lane : state.jobs().detours().lanes()) {
            if (lane.isUnclocked()) {
                found.add(new Event.DetourClocked(lane.avoided().unable(), lane.avoided().failed(),
                        time.now() + settings.detourMillis()));
            }
        }
    }
}
