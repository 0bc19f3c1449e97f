package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What speaks against installations of agents, also while they are away. */
final class Doubts {
    private static final SortedSet<UUID> NOWHERE = new TreeSet<>();

    private final Map<UUID, Doubt> all = new LinkedHashMap<>();
    /** Of tasks that are not final: the agents on which they failed. */
    private final Map<TaskId, SortedSet<UUID>> failed = new HashMap<>();

    // ---- reading

    /** Null if nothing speaks against it. */
    @Nullable
    Doubt of(UUID agent) {
        return all.get(agent);
    }

    Collection<Doubt> all() {
        return all.values();
    }

    boolean isQuarantined(UUID agent) {
        return quarantineOf(agent) != null;
    }

    Event.@Nullable AgentQuarantined quarantineOf(UUID agent) {
        var doubt = all.get(agent);
        return doubt == null ? null : doubt.quarantine();
    }

    /** Whether this attempt decides how an agent's quarantine goes on. */
    boolean isCanary(UUID agent, AttemptId attempt) {
        var doubt = all.get(agent);
        return doubt != null && attempt.equals(doubt.canary());
    }

    /** The agents on which a task failed, as far as nothing has succeeded there since. */
    SortedSet<UUID> failedOn(TaskId task) {
        return failed.getOrDefault(task, NOWHERE);
    }

    // ---- changing, by events only

    /** A task failed on an agent; whether that is kept in mind. */
    boolean fail(AgentId agent, TaskId task, boolean started) {
        var doubt = doubt(agent);
        if (!doubt.fail(task, started)) {
            return false;
        }
        failed.computeIfAbsent(task, _ -> new TreeSet<>()).add(agent.instance());
        return true;
    }

    private Doubt doubt(AgentId agent) {
        var doubt = all.computeIfAbsent(agent.instance(), _ -> new Doubt(agent));
        if (all.size() > Settings.DOUBTED_AGENTS) {
            remove(all.keySet().iterator().next());
        }
        return doubt;
    }

    /** Something succeeded on an agent; the tasks that failed there before, and of which that is no longer held against it. */
    List<TaskId> succeed(UUID agent) {
        var doubt = all.get(agent);
        if (doubt == null) {
            return List.of();
        }
        var forgiven = doubt.succeed();
        forgiven.forEach(task -> forget(task, agent));
        tidy(doubt);
        return forgiven;
    }

    private void forget(TaskId task, UUID agent) {
        var agents = failed.get(task);
        if (agents != null && agents.remove(agent) && agents.isEmpty()) {
            failed.remove(task);
        }
    }

    private void tidy(Doubt doubt) {
        if (doubt.isOver()) {
            all.remove(doubt.agent().instance());
        }
    }

    void suspect(Event.AgentSuspected suspected) {
        var doubt = all.get(suspected.agent().instance());
        if (doubt != null) {
            doubt.suspect(new Evidence(suspected.task(), suspected.elsewhere()));
            forget(suspected.task(), suspected.agent().instance());
        }
    }

    void quarantine(Event.AgentQuarantined quarantined) {
        doubt(quarantined.agent()).quarantine(quarantined);
    }

    /** Nothing is held against an agent any more; the tasks that failed there. */
    List<TaskId> trust(UUID agent) {
        var doubt = all.get(agent);
        if (doubt == null) {
            return List.of();
        }
        doubt.release();
        return succeed(agent);
    }

    void remove(UUID agent) {
        var doubt = all.remove(agent);
        if (doubt != null) {
            doubt.failed().keySet().forEach(task -> forget(task, agent));
        }
    }

    void clock(Event.CanaryClocked clocked) {
        var doubt = all.get(clocked.agent().instance());
        if (doubt != null) {
            doubt.clock(clocked.due(), clocked.dueAlone());
        }
    }

    /** What a quarantined agent gets is a try. */
    void lease(UUID agent, List<Lease> leases) {
        var doubt = all.get(agent);
        if (doubt != null && doubt.quarantine() != null) {
            leases.forEach(lease -> doubt.send(lease.attempt));
        }
    }

    /** An attempt is no longer with its agent. */
    void end(Lease lease) {
        var doubt = all.get(lease.instance);
        if (doubt != null && lease.attempt.equals(doubt.canary())) {
            doubt.send(null);
        }
    }

    /** A task is final. */
    void close(TaskId task) {
        var agents = failed.remove(task);
        if (agents != null) {
            for (var agent : agents) {
                var doubt = all.get(agent);
                if (doubt != null) {
                    doubt.close(task);
                    tidy(doubt);
                }
            }
        }
    }

    /** Tasks of a job are final. */
    void close(long job, Predicate<TaskId> isFinal) {
        if (!failed.isEmpty()) {
            failed.keySet().stream().filter(task -> task.job() == job && isFinal.test(task)).toList().forEach(this::close);
        }
    }

    // ---- snapshots

    void snapshot(List<Event.Durable> events) {
        all.values().forEach(doubt -> events.add(doubt.snapshot()));
    }

    void restore(Event.DoubtRestored saved) {
        var doubt = new Doubt(saved);
        all.put(saved.agent().instance(), doubt);
        doubt.failed().keySet().forEach(
                task -> failed.computeIfAbsent(task, _ -> new TreeSet<>()).add(saved.agent().instance()));
    }
}
