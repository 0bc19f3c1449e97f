package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.TaskQueue.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tasks that may start but should avoid some agents, of all jobs, in lanes by those agents. There are few of them. */
final class Detours {
    /** The time of a lane that nobody has looked at since a task came or went. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Map<Avoided, Lane> lanes = new LinkedHashMap<>();
    private final Map<Spot, Lane> byTask = new HashMap<>();
    /** Of each job: the agents that could not start some of these tasks, and how many of them. */
    private final Map<Long, Map<UUID, Integer>> unable = new HashMap<>();

    /** The jobs from which some agent is kept away. */
    private final NavigableSet<Place> closed = new TreeSet<>();

    /** Where a task stands. */
    record Spot(Place place, int ordinal) implements Comparable<Spot> {
        @Override
        public int compareTo(Spot other) {
            return Comparator.comparing(Spot::place).thenComparingInt(Spot::ordinal).compare(this, other);
        }
    }

    /** The tasks that should avoid the same agents. */
    static final class Lane {
        private final Avoided avoided;
        private final NavigableMap<Spot, JobProgress> tasks = new TreeMap<>();
        private long patientUntil = UNKNOWN;

        private Lane(Avoided avoided) {
            this.avoided = avoided;
        }

        Avoided avoided() {
            return avoided;
        }

        NavigableMap<Spot, JobProgress> tasks() {
            return tasks;
        }

        /** Whether it is not known until when to wait for others than those on which its tasks failed. */
        boolean isUnclocked() {
            return patientUntil == UNKNOWN && !avoided.failed().isEmpty();
        }

        /** Whether the others have taken nothing of it for too long. */
        boolean isOverdue(long now) {
            return patientUntil <= now;
        }
    }

    // ---- reading

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    int size() {
        return byTask.size();
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    /** How many of these tasks stand before a place. */
    long before(Place place) {
        return byTask.keySet().stream().filter(spot -> spot.place().isBefore(place)).count();
    }

    /** Whether so many tasks of a job wait because an agent could not start them that it gets no others of it. */
    boolean keepAway(JobProgress job, UUID agent) {
        return unable.getOrDefault(job.id(), Map.of()).getOrDefault(agent, 0) >= Settings.DETOURS_A_JOB;
    }

    /** Whether there is an agent that gets no others of a job. */
    boolean keepSomebodyAway(JobProgress job) {
        return closed.contains(Place.of(job));
    }

    /** The first job after a place from which some agent is kept away; null if there is none. */
    @Nullable
    Place nextClosed(Place after) {
        return closed.higher(after);
    }

    // ---- changing, by events only

    void add(JobProgress job, int ordinal, Avoided avoided) {
        var spot = new Spot(Place.of(job), ordinal);
        var lane = lanes.computeIfAbsent(avoided, Lane::new);
        lane.tasks.put(spot, job);
        byTask.put(spot, lane);
        count(job, avoided, 1);
    }

    void remove(JobProgress job, int ordinal) {
        var spot = new Spot(Place.of(job), ordinal);
        var lane = byTask.remove(spot);
        if (lane == null) {
            throw new AssertionError("takes no detour: " + spot);
        }
        lane.tasks.remove(spot);
        lane.patientUntil = UNKNOWN;
        if (lane.tasks.isEmpty()) {
            lanes.remove(lane.avoided);
        }
        count(job, lane.avoided, -1);
    }

    private void count(JobProgress job, Avoided avoided, int change) {
        for (var agent : avoided.unable()) {
            unable.compute(job.id(), (_, known) -> {
                var counts = known == null ? new HashMap<UUID, Integer>() : known;
                counts.merge(agent, change, (before, more) -> before + more == 0 ? null : before + more);
                return counts.isEmpty() ? null : counts;
            });
        }
        if (unable.getOrDefault(job.id(), Map.of()).values().stream().anyMatch(tasks -> tasks >= Settings.DETOURS_A_JOB)) {
            closed.add(Place.of(job));
        } else {
            closed.remove(Place.of(job));
        }
    }

    void clock(Event.DetourClocked clocked) {
        var lane = lanes.get(Avoided.of(clocked.unable(), clocked.failed()));
        if (lane != null) {
            lane.patientUntil = clocked.due();
        }
    }
}
