package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Attached;
import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Decides who is an agent, what it still holds, and when it is lost. */
final class Members {
    private final State state;
    private final Settings settings;

    Members(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    Decision<Attached> attach(Command.Attach attach, Time time) {
        var refusal = refusalFor(attach, time);
        if (refusal != null) {
            return new Decision.Rejected<>(refusal);
        }
        var found = new Findings(state, time);
        var known = state.fleet().of(attach.agent().instance());
        var listed = new HashSet<>(attach.held());
        if (known == null) {
            found.add(joined(attach, time));
        } else if (!known.id().equals(attach.agent())) {
            found.lose(known.id(), missing(known, listed, Long.MAX_VALUE), "the agent was started again");
            found.add(joined(attach, time));
        } else {
            found.giveBack(known.id(), missing(known, listed, Long.MAX_VALUE));
        }
        found.add(new Event.AgentAttached(attach.agent(), attach.session(), known == null ? 0 : known.session()));
        supersede(found, attach.agent(), attach.held(), known);
        found.add(new Event.AgentSeen(attach.agent(), attach.session(), attach.sequence(), 0, time.now(), time.at()));
        cancelAgain(found, attach.agent(), listed, known);
        var stop = state.fleet().isStopping(attach.agent());
        return found.reply(new Attached(settings.lease(), settings.beat(), stop, state.fleet().stopsNow(attach.agent())));
    }

    private @Nullable Refusal refusalFor(Command.Attach attach, Time time) {
        var agent = attach.agent();
        var removal = state.fleet().restraints().removalOf(agent.instance());
        if (removal != null) {
            return new Refusal(Kind.FORBIDDEN, removal.sentence());
        }
        var named = state.fleet().refusalOfName(agent.name(), agent.instance(), time);
        if (named != null) {
            return named;
        }
        var labels = labels(attach);
        if (labels.size() > Limits.LABELS) {
            return new Refusal(Kind.INVALID, "an agent has at most %d labels; with those of its token '%s' has %d"
                    .formatted(Limits.LABELS, agent.name(), labels.size()));
        }
        var known = state.fleet().of(agent.instance());
        if (known != null && known.id().start() > agent.start()) {
            return new Refusal(Kind.CONFLICT, "agent '%s' was started again: this is start %d, and start %d is here already"
                    .formatted(agent.name(), agent.start(), known.id().start()));
        }
        if (known != null && known.id().equals(agent) && known.isOld(attach.sequence())) {
            return new Refusal(Kind.NOT_NOW, "agent '%s' opened this stream before the one it has".formatted(agent.name()));
        }
        return null;
    }

    private Event.AgentJoined joined(Command.Attach attach, Time time) {
        return new Event.AgentJoined(attach.agent(), attach.slots(), attach.pid(), attach.version(), labels(attach), time.at());
    }

    private SortedMap<String, String> labels(Command.Attach attach) {
        return state.identities().labels(attach.agent().instance(), attach.labels());
    }

    /** Leases the agent must have read of, up to a grant, and does not list. */
    private static List<Lease> missing(AgentRecord agent, Set<AttemptId> listed, long processed) {
        var missing = new ArrayList<Lease>();
        for (var lease : agent.held().values()) {
            if (lease.grant() <= processed && !listed.contains(lease.attempt)) {
                missing.add(lease);
            }
        }
        return missing;
    }

    /** Said before the beat is answered: an agent whose lease is renewed starts what it holds. */
    private static void supersede(
            Findings found,
            AgentId agent,
            List<AttemptId> listed,
            @Nullable AgentRecord known) {
        var foreign = listed.stream().filter(attempt -> known == null || known.lease(attempt) == null).toList();
        if (!foreign.isEmpty()) {
            found.add(new Event.Superseded(agent, foreign));
        }
    }

    /** What was to be ended before: that was said on an earlier stream, and perhaps never heard. */
    private static void cancelAgain(Findings found, AgentId agent, Set<AttemptId> listed, @Nullable AgentRecord known) {
        var byReason = new LinkedHashMap<String, List<AttemptId>>();
        for (var lease : known == null ? List.<Lease>of() : known.held().values()) {
            var reason = lease.cancelReason();
            if (reason != null && listed.contains(lease.attempt)) {
                byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(lease.attempt);
            }
        }
        byReason.forEach((reason, attempts) -> found.add(new Event.CancelRequested(agent, attempts, reason)));
    }

    Decision<Done> beat(Command.Beat beat, Time time) {
        var agent = state.fleet().of(beat.agent());
        if (agent == null || agent.session() != beat.session()) {
            return stale();
        }
        var found = new Findings(state, time);
        found.giveBack(agent.id(), missing(agent, new HashSet<>(beat.held()), beat.processed()));
        supersede(found, agent.id(), beat.held(), agent);
        found.add(new Event.AgentSeen(agent.id(), beat.session(), beat.sequence(), beat.processed(), time.now(), time.at()));
        return found.reply(Done.DONE);
    }

    Decision<Done> pull(Command.Pull pull) {
        var agent = state.fleet().of(pull.agent());
        if (agent == null || agent.session() != pull.session()) {
            return stale();
        }
        var free = Math.clamp(pull.free(), 0, Limits.SLOTS);
        var ahead = Math.clamp(pull.ahead(), 0, Limits.AHEAD);
        return Decision.accepted(Done.DONE, new Event.RoomStated(agent.id(), pull.processed(), free, ahead));
    }

    private static Decision<Done> stale() {
        return Decision.rejected(Kind.NOT_NOW, "this stream was replaced, or its agent was given up; attach again");
    }

    Decision<Done> goodbye(Command.Goodbye goodbye, Time time) {
        var agent = state.fleet().of(goodbye.agent());
        if (agent == null) {
            return Decision.accepted(Done.DONE);
        }
        var found = new Findings(state, time);
        found.giveBack(agent.id(), List.copyOf(agent.held().values()));
        found.add(new Event.AgentLeft(agent.id(), goodbye.stopped(), time.at()));
        return found.reply(Done.DONE);
    }

    Decision<Done> detach(Command.Detach detach) {
        var agent = state.fleet().of(detach.agent());
        return agent == null || agent.session() != detach.session()
                ? Decision.accepted(Done.DONE)
                : Decision.accepted(Done.DONE, new Event.AgentDetached(agent.id(), detach.session()));
    }

    // ---- what happens by itself

    /** An agent that was silent for longer than its lease. */
    void loseSilent(Findings found, Time time) {
        for (var agent : state.fleet().all()) {
            if (agent.silentFor(time.now()) > settings.leaseMillis()) {
                found.lose(agent.id(), List.copyOf(agent.held().values()),
                        "agent %s was silent for more than %s".formatted(agent.id(), Plain.length(settings.lease())));
                found.add(new Event.AgentLost(agent.id(), time.at()));
                return;
            }
        }
    }
}
