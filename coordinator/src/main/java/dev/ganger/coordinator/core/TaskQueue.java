package dev.ganger.coordinator.core;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The jobs that have tasks to start, in lanes: one of tasks for any agent, and one for each agent that tasks are bound to. Tasks of an agent
 * that is not there lie in a lane that nobody looks at.
 */
final class TaskQueue {
    private final Map<String, NavigableMap<Place, JobProgress>> lanes = new HashMap<>();
    /** Of jobs with a task for each agent: the tasks that are in lanes. */
    private final Map<Long, BitSet> inLanes = new HashMap<>();

    /** Where the tasks of a job stand: larger priority first, then in the order the jobs came. */
    record Place(int priority, long job) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::priority).reversed()
                .thenComparingLong(Place::job);

        static Place of(JobProgress job) {
            return new Place(job.origin.spec().order().priority(), job.id());
        }

        boolean isBefore(Place other) {
            return compareTo(other) < 0;
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** The jobs with tasks that may start on this agent and no other (empty: on any), in the order in which their tasks leave. */
    NavigableMap<Place, JobProgress> lane(String agent) {
        return lanes.getOrDefault(agent, Collections.emptyNavigableMap());
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    /** Brings a job in or out, by whether it has tasks to start and may run more of them. */
    void refresh(JobProgress job) {
        if (job.origin.agents().isEmpty()) {
            put(job.origin.spec().order().agent(), job, startable(job) > 0);
        } else {
            refreshEach(job);
        }
    }

    private void refreshEach(JobProgress job) {
        var now = new BitSet();
        if (startable(job) > 0) {
            for (var ordinal = job.nextQueued(0); ordinal >= 0; ordinal = job.nextQueued(ordinal + 1)) {
                now.set(ordinal);
            }
        }
        var changed = inLanes.getOrDefault(job.id(), new BitSet());
        changed.xor(now);
        changed.stream().forEach(ordinal -> put(job.origin.agentOf(ordinal), job, now.get(ordinal)));
        if (now.isEmpty()) {
            inLanes.remove(job.id());
        } else {
            inLanes.put(job.id(), now);
        }
    }

    private void put(String agent, JobProgress job, boolean in) {
        var place = Place.of(job);
        if (in) {
            lanes.computeIfAbsent(agent, _ -> new TreeMap<>()).put(place, job);
        } else {
            lanes.computeIfPresent(agent, (_, lane) -> {
                lane.remove(place);
                return lane.isEmpty() ? null : lane;
            });
        }
    }

    /** How many of a job's tasks may be leased now, to any agent that it is for. */
    static int startable(JobProgress job) {
        return Math.min(job.queuedAnywhere(), room(job));
    }

    /** How many more of a job's tasks may be with agents. */
    static int room(JobProgress job) {
        var most = job.origin.spec().order().maxRunning();
        return most == 0 ? Integer.MAX_VALUE : most - job.leaseCount();
    }
}
