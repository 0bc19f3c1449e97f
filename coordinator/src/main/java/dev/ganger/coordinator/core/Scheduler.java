package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.TaskQueue.Place;
import dev.ganger.model.AttemptId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets what: each agent the queued tasks that it may run in their order, tasks for any agent shared by free slots; room beyond
 * the slots is used only while no agent has a free slot.
 */
final class Scheduler {
    /** Tasks granted in one decision, at most, so that a batch stays small. */
    private static final int GRANTED_AT_ONCE = 8_192;
    private static final String ANY = "";

    private final State state;
    private final Settings settings;

    Scheduler(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    /** One step: asked again, it gives out what comes next, until nothing is left that could start. */
    void grant(Findings found, Time time) {
        if (state.queue().isEmpty() && state.jobs().detours().isEmpty()) {
            return;
        }
        var agents = ready(time);
        var alone = DetourWalk.takers(state).isEmpty();
        ToIntFunction<AgentRecord> free = agent -> free(agent, time, alone);
        if (!give(found, time, agents, free, this::isBeforeStop)) {
            // Whoever has a free slot now has nothing to start, so that prefetched tasks take nothing away from it.
            give(found, time, agents, this::ahead, job -> isBeforeStop(job) && mayWaitAtAnAgent(job));
        }
    }

    /** One that is quarantined gets one task when its time has come, and nothing that waits there. */
    private int free(AgentRecord agent, Time time, boolean alone) {
        var doubt = state.doubts().of(agent.id().instance());
        if (doubt == null || doubt.quarantine() == null) {
            return agent.free();
        }
        return doubt.mayTry(time.now(), alone) ? Math.min(1, agent.free()) : 0;
    }

    private int ahead(AgentRecord agent) {
        return state.doubts().isQuarantined(agent.id().instance()) ? 0 : agent.ahead();
    }

    private boolean isBeforeStop(JobProgress job) {
        var stop = state.stop();
        return stop == null || job.id() <= stop.behind();
    }

    /** A task that waits at an agent would count as running. */
    private static boolean mayWaitAtAnAgent(JobProgress job) {
        return job.origin.spec().order().maxRunning() == 0;
    }

    private List<AgentRecord> ready(Time time) {
        return state.fleet().all().stream()
                .filter(agent -> agent.attached() && state.fleet().takesTasks(agent)
                        && agent.silentFor(time.now()) <= settings.unknownAfterMillis())
                .toList();
    }

    /** Whoever could not start too much of the job that comes first is passed by as long as others have room for it; then it gets what is behind. */
    private boolean give(Findings found, Time time, List<AgentRecord> agents, ToIntFunction<AgentRecord> room,
            Predicate<JobProgress> wanted) {
        var byRoom = agents.stream().filter(agent -> room.applyAsInt(agent) > 0)
                .sorted(Comparator.comparingInt(room).reversed()).toList();
        var any = LaneWalk.head(state.queue(), ANY, wanted);
        var first = any == null ? null : state.queue().lane(ANY).get(any);
        if (first == null || !detours().keepSomebodyAway(first)) {
            return step(found, time, byRoom, room, wanted, new DetourWalk(state, wanted, time));
        }
        var near = byRoom.stream().filter(agent -> !detours().keepAway(first, agent.id().instance())).toList();
        if (!near.isEmpty()) {
            return step(found, time, near, room, wanted, new DetourWalk(state, wanted, time));
        }
        return byRoom.stream().anyMatch(agent -> step(found, time, List.of(agent), room,
                wanted.and(job -> !detours().keepAway(job, agent.id().instance())), new DetourWalk(state, wanted, time)));
    }

    private Detours detours() {
        return state.jobs().detours();
    }

    /**
     * Gives out the tasks of single agents, and those that should avoid some, that stand before the first task for any, or else tasks for any
     * up to the next of those.
     */
    private boolean step(Findings found, Time time, List<AgentRecord> byRoom, ToIntFunction<AgentRecord> room,
            Predicate<JobProgress> wanted, DetourWalk detours) {
        if (byRoom.isEmpty()) {
            return false;
        }
        var quota = detours.quota();
        var any = LaneWalk.head(state.queue(), ANY, wanted);
        var nextBound = any == null ? null : detours().nextClosed(any);
        var given = false;
        for (var agent : byRoom) {
            var most = Math.min(room.applyAsInt(agent), GRANTED_AT_ONCE);
            var own = LaneWalk.head(state.queue(), agent.id().name(), wanted);
            var detour = agent.free() > 0 ? detours.head(agent.id().instance()) : null;
            if (detour != null && detour.equals(first(own, first(any, detour)))) {
                given |= give(found, time, agent, detours.take(agent.id().instance(), most));
            } else if (own != null && (any == null || own.isBefore(any))) {
                var walk = new LaneWalk(state.queue(), agent.id().name(), first(any, detour), wanted, quota);
                given |= give(found, time, agent, walk.take(most));
            } else {
                nextBound = first(nextBound, first(own, detour));
            }
        }
        return given || any != null && share(found, time, byRoom, room, nextBound, wanted);
    }

    private static @Nullable Place first(@Nullable Place one, @Nullable Place other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static boolean give(Findings found, Time time, AgentRecord agent, List<Event.Grant> grants) {
        if (grants.isEmpty()) {
            return false;
        }
        found.add(new Event.Leased(agent.id(), agent.nextGrant(), grants, time.at()));
        return true;
    }

    /** Gives each agent its part of the tasks for any; false if there was nothing to give. */
    private boolean share(Findings found, Time time, List<AgentRecord> byRoom, ToIntFunction<AgentRecord> room,
            @Nullable Place until, Predicate<JobProgress> wanted) {
        long roomLeft = byRoom.stream().mapToInt(room).asLongStream().sum();
        var tasksLeft = LaneWalk.count(state.queue(), until, wanted, Math.min(roomLeft, GRANTED_AT_ONCE));
        var walk = new LaneWalk(state.queue(), ANY, until, wanted, new Quota());
        var given = false;
        for (var agent : byRoom) {
            var own = room.applyAsInt(agent);
            var part = (int) Math.ceilDiv(tasksLeft * own, roomLeft);
            if (!give(found, time, agent, walk.take(part))) {
                break;
            }
            given = true;
            tasksLeft -= part;
            roomLeft -= own;
        }
        return given;
    }

    // ---- taking back

    /** Agents that get no more tasks give back what they have not started; when an agent has nothing to do, others do. */
    void recall(Findings found, Time time) {
        for (var agent : state.fleet().all()) {
            var instance = agent.id().instance();
            if (state.fleet().restraints().holdBack(instance)) {
                recall(found, agent, unstarted(agent, _ -> true), agent.held().size());
            } else if (state.doubts().isQuarantined(instance)) {
                recall(found, agent, unstarted(agent, lease -> !state.doubts().isCanary(instance, lease.attempt)),
                        agent.held().size());
            }
        }
        if (found.isEmpty()) {
            recallForIdle(found, time);
        }
    }

    /** What is still free after everything was granted has nothing to start. */
    private void recallForIdle(Findings found, Time time) {
        var idle = ready(time).stream().filter(agent -> !state.doubts().isQuarantined(agent.id().instance()))
                .mapToInt(AgentRecord::free).sum();
        if (idle == 0) {
            return;
        }
        idle -= state.fleet().all().stream().mapToInt(this::comingBack).sum();
        for (var agent : state.fleet().all()) {
            var surplus = Math.min(idle, agent.held().size() - agent.slots() - comingBack(agent));
            if (surplus > 0 && agent.free() == 0) {
                idle -= recall(found, agent, unstarted(agent, this::mayRunElsewhere), surplus);
            }
        }
    }

    /** Attempts that an agent was asked to give back, and may, and that others can run. */
    private int comingBack(AgentRecord agent) {
        return (int) agent.held().values().stream().filter(lease -> lease.isComingBack() && mayRunElsewhere(lease)).count();
    }

    private boolean mayRunElsewhere(Lease lease) {
        var job = state.job(lease.attempt.job());
        return job != null && job.origin.agentOf(lease.ordinal).isEmpty() && job.past().avoided(lease.ordinal).isEmpty()
                && !detours().keepSomebodyAway(job);
    }

    private static List<AttemptId> unstarted(AgentRecord agent, Predicate<Lease> wanted) {
        var unstarted = new ArrayList<AttemptId>();
        for (var lease : agent.held().values()) {
            if (lease.recallable() && wanted.test(lease)) {
                unstarted.add(lease.attempt);
            }
        }
        return unstarted;
    }

    /** Asks for the newest of these, at most so many. */
    private static int recall(Findings found, AgentRecord agent, List<AttemptId> unstarted, int most) {
        var attempts = unstarted.subList(Math.max(0, unstarted.size() - most), unstarted.size());
        if (!attempts.isEmpty()) {
            found.add(new Event.Recalled(agent.id(), attempts));
        }
        return attempts.size();
    }
}
