package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Detours.Spot;
import dev.ganger.coordinator.core.TaskQueue.Place;
import dev.ganger.model.IndexRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Picks tasks that should avoid some agents. One that could not start it gets a task only if all that take tasks could not; one on which
 * it failed if it failed on all, or if the others have taken nothing for too long.
 */
final class DetourWalk {
    private final Detours detours;
    private final Predicate<JobProgress> wanted;
    private final Quota quota = new Quota();
    private final Time time;
    /** The agents that take tasks as they come. */
    private final List<UUID> takers;
    private final Set<Spot> taken = new HashSet<>();

    DetourWalk(State state, Predicate<JobProgress> wanted, Time time) {
        this.detours = state.jobs().detours();
        this.wanted = wanted;
        this.time = time;
        this.takers = detours.isEmpty() ? List.of() : takers(state);
    }

    /** Of what is given out with these in one decision. */
    Quota quota() {
        return quota;
    }

    /** Agents that take tasks, and are not just tried. */
    static List<UUID> takers(State state) {
        return state.fleet().all().stream()
                .filter(agent -> state.fleet().takesTasks(agent) && !state.doubts().isQuarantined(agent.id().instance()))
                .map(agent -> agent.id().instance()).toList();
    }

    /** The place of the first task for an agent; null if there is none. */
    @Nullable
    Place head(UUID agent) {
        Place head = null;
        for (var lane : detours.lanes()) {
            var first = mayTake(agent, lane) ? first(lane) : null;
            if (first != null && (head == null || first.isBefore(head))) {
                head = first;
            }
        }
        return head;
    }

    private @Nullable Place first(Detours.Lane lane) {
        return lane.tasks().entrySet().stream().filter(this::isOpen).findFirst().map(each -> each.getKey().place()).orElse(null);
    }

    private boolean isOpen(Map.Entry<Spot, JobProgress> each) {
        return wanted.test(each.getValue()) && quota.left(each.getValue()) > 0 && !taken.contains(each.getKey());
    }

    private boolean mayTake(UUID agent, Detours.Lane lane) {
        var avoided = lane.avoided();
        if (avoided.unable().contains(agent)) {
            return takers.stream().allMatch(avoided.unable()::contains);
        }
        return !avoided.failed().contains(agent) || lane.isOverdue(time.now()) || takers.stream().allMatch(avoided::has);
    }

    /** The first tasks for an agent, all of one job, at most so many. */
    List<Event.Grant> take(UUID agent, int most) {
        var place = head(agent);
        var found = new TreeMap<Spot, JobProgress>();
        for (var lane : detours.lanes()) {
            if (mayTake(agent, lane)) {
                lane.tasks().entrySet().stream().filter(each -> each.getKey().place().equals(place) && isOpen(each)).limit(most)
                        .forEach(each -> found.put(each.getKey(), each.getValue()));
            }
        }
        var grants = new ArrayList<Event.Grant>();
        for (var each : found.entrySet()) {
            var job = each.getValue();
            if (grants.size() < most && quota.left(job) > 0) {
                var ordinal = each.getKey().ordinal();
                taken.add(each.getKey());
                quota.take(job, 1);
                grants.add(new Event.Grant(job.id(), IndexRange.single(job.origin.indices().indexAt(ordinal)),
                        job.nextAttempt(ordinal)));
            }
        }
        return grants;
    }
}
