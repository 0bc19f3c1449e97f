package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What speaks against one installation of an agent since something last succeeded there, and whether it is quarantined. */
final class Doubt {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final AgentId agent;
    /** What failed there and is not final; whether it had started. */
    private final Map<TaskId, Boolean> failed = new LinkedHashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private Event.@Nullable AgentQuarantined quarantine;
    /** The attempt that decides how the quarantine goes on; null: none is under way. */
    private @Nullable AttemptId canary;
    /** When the next try may be, by this coordinator's clock. */
    private long due = UNKNOWN;
    /** The same if no other agent takes tasks. */
    private long dueAlone = UNKNOWN;

    Doubt(AgentId agent) {
        this.agent = agent;
    }

    // ---- reading

    AgentId agent() {
        return agent;
    }

    Map<TaskId, Boolean> failed() {
        return failed;
    }

    List<Evidence> evidence() {
        return evidence;
    }

    boolean isEnough() {
        return quarantine == null && evidence.size() >= Settings.QUARANTINE_AFTER;
    }

    Event.@Nullable AgentQuarantined quarantine() {
        return quarantine;
    }

    @Nullable
    AttemptId canary() {
        return canary;
    }

    boolean isUnclocked() {
        return quarantine != null && due == UNKNOWN;
    }

    /** Whether it may get one task now. */
    boolean mayTry(long now, boolean alone) {
        return canary == null && (alone ? dueAlone : due) <= now;
    }

    boolean isOver() {
        return quarantine == null && evidence.isEmpty() && failed.isEmpty();
    }

    // ---- changing, by events only

    boolean fail(TaskId task, boolean started) {
        if (failed.size() >= Settings.FAILED_HERE && !failed.containsKey(task)) {
            return false;
        }
        failed.put(task, started);
        return true;
    }

    void suspect(Evidence found) {
        failed.remove(found.task());
        if (evidence.size() < Settings.QUARANTINE_AFTER
                && evidence.stream().noneMatch(each -> each.task().equals(found.task()))) {
            evidence.add(found);
        }
    }

    List<TaskId> succeed() {
        var forgiven = List.copyOf(failed.keySet());
        failed.clear();
        evidence.clear();
        return forgiven;
    }

    void close(TaskId task) {
        failed.remove(task);
    }

    void quarantine(Event.AgentQuarantined quarantined) {
        quarantine = quarantined;
        clock(UNKNOWN, UNKNOWN);
    }

    void release() {
        quarantine = null;
        canary = null;
        clock(UNKNOWN, UNKNOWN);
    }

    void clock(long at, long atIfAlone) {
        due = at;
        dueAlone = atIfAlone;
    }

    void send(@Nullable AttemptId attempt) {
        canary = attempt;
    }

    // ---- snapshots

    Event.DoubtRestored snapshot() {
        return new Event.DoubtRestored(agent,
                failed.entrySet().stream().map(each -> new Saved.FailedHere(each.getKey(), each.getValue())).toList(),
                evidence, quarantine, canary);
    }

    Doubt(Event.DoubtRestored saved) {
        this.agent = saved.agent();
        saved.failed().forEach(each -> failed.put(each.task(), each.started()));
        evidence.addAll(saved.evidence());
        quarantine = saved.quarantine();
        canary = saved.canary();
    }
}
