package dev.ganger.coordinator.core;

import dev.ganger.model.AttemptId;
import dev.ganger.model.IndexRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets what: queued tasks in their order, each agent a share by its free slots; room beyond the slots is used only while no
 * agent has a free slot.
 */
final class Scheduler {
    /** Tasks granted in one decision, at most, so that a batch stays small. */
    private static final int GRANTED_AT_ONCE = 8_192;

    private final State state;
    private final Settings settings;

    Scheduler(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    void grant(Findings found, Time time) {
        if (state.queue().isEmpty()) {
            return;
        }
        var agents = ready(time);
        var cursor = new Cursor();
        if (!share(found, time, agents, AgentRecord::free, cursor)
                && agents.stream().allMatch(agent -> agent.free() == 0)) {
            share(found, time, agents, AgentRecord::ahead, cursor);
        }
    }

    private List<AgentRecord> ready(Time time) {
        return state.fleet().all().stream()
                .filter(agent -> agent.attached() && !state.fleet().isStopping(agent.id())
                        && agent.silentFor(time.now()) <= settings.unknownAfterMillis())
                .toList();
    }

    /** Gives each agent its part of what is queued; false if there was no room or nothing to give. */
    private boolean share(Findings found, Time time, List<AgentRecord> agents, ToIntFunction<AgentRecord> room, Cursor cursor) {
        var byRoom = agents.stream().filter(agent -> room.applyAsInt(agent) > 0)
                .sorted(Comparator.comparingInt(room).reversed()).toList();
        long roomLeft = byRoom.stream().mapToInt(room).asLongStream().sum();
        var tasksLeft = Math.min(Math.min(roomLeft, state.queued()), GRANTED_AT_ONCE);
        var given = false;
        for (var agent : byRoom) {
            var own = room.applyAsInt(agent);
            var part = (int) Math.ceilDiv(tasksLeft * own, roomLeft);
            var grants = cursor.take(part);
            if (grants.isEmpty()) {
                break;
            }
            found.add(new Event.Leased(agent.id(), agent.nextGrant(), grants, time.at()));
            given = true;
            tasksLeft -= part;
            roomLeft -= own;
        }
        return given;
    }

    /** Walks over the queued tasks in their order. */
    private final class Cursor {
        private final Iterator<JobProgress> jobs = state.queue().jobs().iterator();
        private @Nullable JobProgress job;
        private int from;

        List<Event.Grant> take(int tasks) {
            var grants = new ArrayList<Event.Grant>();
            var left = tasks;
            while (left > 0 && advance()) {
                left -= takeFromJob(grants, left);
            }
            return grants;
        }

        private boolean advance() {
            while (job == null || job.nextQueued(from) < 0) {
                if (!jobs.hasNext()) {
                    return false;
                }
                var next = jobs.next();
                var stop = state.stop();
                job = stop != null && next.id() > stop.behind() ? null : next;
                from = 0;
            }
            return true;
        }

        /** A run of tasks with neighbouring indices and the same attempt number is one grant. */
        private int takeFromJob(List<Event.Grant> grants, int tasks) {
            var current = Objects.requireNonNull(job);
            var indices = current.origin.indices();
            var taken = 0;
            for (var ordinal = current.nextQueued(from); ordinal >= 0 && taken < tasks; ordinal = current.nextQueued(from)) {
                var range = indices.rangeAt(ordinal);
                var attempt = current.nextAttempt(ordinal);
                var first = indices.indexAt(ordinal);
                var last = first;
                from = ordinal + 1;
                taken++;
                while (taken < tasks && last < range.last() && current.nextQueued(from) == from
                        && current.nextAttempt(from) == attempt) {
                    last += range.step();
                    from++;
                    taken++;
                }
                grants.add(new Event.Grant(current.id(), new IndexRange(first, last, range.step()), attempt));
            }
            return taken;
        }
    }

    /** When an agent has nothing to do, others give back what they have not started. */
    void recall(Findings found, Time time) {
        if (!state.queue().isEmpty()) {
            return;
        }
        var free = ready(time).stream().mapToInt(AgentRecord::free).sum();
        if (free == 0) {
            return;
        }
        var idle = free - state.fleet().all().stream().mapToInt(AgentRecord::comingBack).sum();
        for (var agent : state.fleet().all()) {
            var surplus = Math.min(idle, agent.held().size() - agent.slots() - agent.comingBack());
            if (surplus > 0 && agent.free() == 0) {
                var attempts = newestUnstarted(agent, surplus);
                if (!attempts.isEmpty()) {
                    found.add(new Event.Recalled(agent.id(), attempts));
                    idle -= attempts.size();
                }
            }
        }
    }

    private static List<AttemptId> newestUnstarted(AgentRecord agent, int most) {
        var unstarted = agent.held().values().stream().filter(Lease::recallable).map(lease -> lease.attempt).toList();
        return unstarted.subList(Math.max(0, unstarted.size() - most), unstarted.size());
    }
}
