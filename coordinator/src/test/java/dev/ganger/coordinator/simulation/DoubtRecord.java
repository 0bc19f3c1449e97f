package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.simulation.JobRecord.TaskRecord;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** What the simulation itself wrote down about what fails where, in the plainest way. */
final class DoubtRecord {
    private static final int ENOUGH = 3;
    private static final int MOST_MOVES = 16;
    private static final int MOST_LEASES = 60;

    private final Records records;
    private final Settings settings;
    private final LongSupplier now;
    /** Of each agent since its last success: what failed there and is not final, and whether it had started. */
    private final Map<UUID, Map<TaskId, Boolean>> failed = new HashMap<>();
    private final Map<UUID, Set<TaskId>> evidence = new HashMap<>();
    private final Map<UUID, Quarantine> quarantines = new HashMap<>();
    /** Suspicions of which the end that caused them is said next. */
    private final List<Event.AgentSuspected> unproven = new ArrayList<>();
    /** Verdicts of which the end of the try is said next. */
    private final Map<AttemptId, Boolean> unproved = new HashMap<>();

    private final boolean clocksJump;
    private long leadSince;

    private static final class Quarantine {
        int times;
        long since;
        long length;
        @Nullable
        AttemptId canary;
    }

    DoubtRecord(Records records, Plan plan, LongSupplier now) {
        this.records = records;
        this.settings = plan.settings();
        this.clocksJump = plan.has(Plan.Fault.CLOCK_JUMPS);
        this.now = now;
    }

    /** A coordinator took the lead. */
    void recovered() {
        leadSince = now.getAsLong();
    }

    boolean isQuarantined(AgentId agent) {
        return quarantines.containsKey(agent.instance());
    }

    /** Those of them that are here. */
    List<AgentId> quarantined() {
        return records.fleet.present().stream().filter(this::isQuarantined).toList();
    }

    private Stream<AgentId> takers() {
        return records.fleet.present().stream().filter(agent -> records.fleet.takesTasks(agent) && !isQuarantined(agent));
    }

    /** Whether a start that failed on an agent can be tried on another. */
    boolean mayMove(TaskRecord task, AgentId agent) {
        return task.moves < MOST_MOVES && !task.isBound()
                && takers()
                        .anyMatch(other -> !other.instance().equals(agent.instance()) && !task.unable.contains(other.instance()));
    }

    /** Whether an attempt that failed was a try, and can be tried on an agent that it does not avoid. */
    boolean mayMoveTry(TaskRecord task, AgentId agent, AttemptId attempt) {
        return isTry(agent, attempt) && task.moves < MOST_MOVES && !task.isBound() && !task.cancelAsked
                && takers().map(AgentId::instance).anyMatch(other -> !other.equals(agent.instance())
                        && !task.unable.contains(other) && !task.shunned.contains(other));
    }

    private boolean isTry(AgentId agent, AttemptId attempt) {
        var quarantine = quarantines.get(agent.instance());
        return quarantine != null && attempt.equals(quarantine.canary);
    }

    void mayMove(Event.AttemptMoved moved, TaskRecord task) {
        unless(moved.run().ending() instanceof Ending.CannotStart || isTry(moved.agent(), moved.attempt()),
                "only a start or a try that failed is moved", "%s", moved);
        unless(!moved.run().ending().succeeded() && mayMove(task, moved.agent()), "what is moved has where to go", "%s", moved);
    }

    void mayLease(Event.Leased leased, TaskRecord task, AttemptId attempt) {
        var agent = leased.agent();
        var quarantine = quarantines.get(agent.instance());
        if (quarantine != null) {
            unless(quarantine.canary == null, "a quarantined agent gets one task as a try", "%s got %s beside %s", agent, attempt,
                    quarantine.canary);
            var length = takers().findAny().isPresent() ? quarantine.length : settings.lease().toMillis();
            unless(now.getAsLong() >= quarantine.since + length || clocksJump && leadSince >= quarantine.since,
                    "a quarantined agent gets nothing before its time",
                    "%s got %s at %d, and is quarantined since %d for %d", agent, attempt, now.getAsLong(), quarantine.since,
                    length);
            quarantine.canary = attempt;
        }
        unless(!task.unable.contains(agent.instance()) || takers().allMatch(other -> task.unable.contains(other.instance())),
                "what could not start does not go there again while there is another agent", "%s got %s", agent, attempt);
    }

    /** Before jobs and agents have changed. */
    void applyBefore(Event event) {
        switch (event) {
            case Event.AgentSuspected suspected -> suspected(suspected);
            case Event.AgentQuarantined quarantined -> quarantined(quarantined);
            case Event.AgentTrusted trusted -> {
                var quarantine = quarantines.remove(trusted.agent().instance());
                unless(quarantine != null && quarantine.canary != null, "only a try that succeeds ends a quarantine", "%s",
                        trusted);
                if (quarantine != null && quarantine.canary != null) {
                    unproved.put(quarantine.canary, true);
                }
                release(trusted.agent());
            }
            case Event.AgentResumed resumed -> release(resumed.agent());
            default -> {
            }
        }
    }

    private void suspected(Event.AgentSuspected suspected) {
        var mine = failed.getOrDefault(suspected.agent().instance(), Map.of());
        unless(mine.containsKey(suspected.task()), "only an agent on which something failed is suspected", "%s", suspected);
        unproven.add(suspected);
    }

    private void quarantined(Event.AgentQuarantined event) {
        var known = quarantines.get(event.agent().instance());
        if (known == null) {
            unless(evidence.getOrDefault(event.agent().instance(), Set.of()).size() >= ENOUGH && event.times() == 1
                    && records.fleet.present().size() > 1,
                    "only an agent with evidence is quarantined, and not the only one", "%s", event);
        } else {
            unless(event.times() == known.times + 1 && known.canary != null, "only a try that failed prolongs a quarantine", "%s",
                    event);
            if (known.canary != null) {
                unless(!records.job(known.canary.job()).task(known.canary.index()).isBound(),
                        "what only one agent may run does not prolong a quarantine", "%s", event);
                unproved.put(known.canary, false);
            }
        }
        var length = settings.lease().toMillis() * Math.min(MOST_LEASES, 1L << Math.min(event.times() - 1, 10));
        unless(event.pause().until().equals(event.pause().since().plusMillis(length)), "a quarantine doubles", "%s", event);
        var quarantine = new Quarantine();
        quarantine.times = event.times();
        quarantine.since = clocksJump ? now.getAsLong() : Agenda.millisAt(event.pause().since());
        quarantine.length = length;
        quarantine.canary = known == null ? null : known.canary;
        quarantines.put(event.agent().instance(), quarantine);
    }

    private void release(AgentId agent) {
        quarantines.remove(agent.instance());
        succeeded(agent);
    }

    private void succeeded(AgentId agent) {
        failed.remove(agent.instance());
        evidence.remove(agent.instance());
        records.jobs.values().forEach(job -> job.tasks.values().forEach(task -> task.shunned.remove(agent.instance())));
    }

    void apply(Event event) {
        switch (event) {
            case Event.AttemptFailed end -> failed(end.agent(), end.attempt(), end.run().ending());
            case Event.AttemptMoved end -> failed(end.agent(), end.attempt(), end.run().ending());
            case Event.Finished end -> {
                prove(end.agent(), end.attempt(), end.state() == TaskState.SUCCEEDED, true);
                close(end.attempt().task());
                if (end.state() == TaskState.SUCCEEDED) {
                    succeeded(end.agent());
                }
            }
            case Event.Returned returned -> returned.attempts().forEach(this::ended);
            case Event.AttemptsLost lost -> lost.attempts().forEach(this::ended);
            case Event.Cancelled cancelled -> cancelled.indices().forEach(range -> {
                for (var index = range.first(); index <= range.last(); index += range.step()) {
                    close(new TaskId(cancelled.job(), index));
                }
            });
            case Event.AgentRemoved removed -> {
                failed.remove(removed.agent().instance());
                evidence.remove(removed.agent().instance());
                quarantines.remove(removed.agent().instance());
            }
            default -> {
            }
        }
    }

    private void failed(AgentId agent, AttemptId attempt, Ending ending) {
        var started = !(ending instanceof Ending.CannotStart);
        prove(agent, attempt, false, started);
        var task = records.job(attempt.job()).task(attempt.index());
        if (!task.isBound() && records.fleet.present().size() > 1) {
            failed.computeIfAbsent(agent.instance(), _ -> new HashMap<>()).put(attempt.task(), started);
            (started ? task.shunned : task.unable).add(agent.instance());
        }
    }

    /** What was concluded from the end of an attempt before that was said. */
    private void prove(AgentId by, AttemptId attempt, boolean succeeded, boolean started) {
        for (var suspected : unproven) {
            var agent = suspected.agent().instance();
            var hadStarted = failed.getOrDefault(agent, Map.of()).getOrDefault(suspected.task(), true);
            unless(attempt.task().equals(suspected.task()) && (hadStarted ? succeeded : started),
                    "an agent is suspected when what failed there succeeds elsewhere", "%s, and %s ended", suspected, attempt);
            evidence.computeIfAbsent(agent, _ -> new HashSet<>()).add(suspected.task());
            failed.getOrDefault(agent, new HashMap<>()).remove(suspected.task());
        }
        unproven.clear();
        var verdict = unproved.remove(attempt);
        unless(verdict == null || verdict == succeeded, "a try is judged by how it ended", "%s", attempt);
        unless(verdict != null || !isTry(by, attempt) || !succeeded, "a try that succeeds ends a quarantine", "%s of %s", attempt,
                by);
        unless(unproved.isEmpty(), "a try is judged when it ends", "%s", unproved);
        ended(attempt);
    }

    private void ended(AttemptId attempt) {
        quarantines.values().forEach(quarantine -> quarantine.canary = attempt.equals(quarantine.canary)
                ? null
                : quarantine.canary);
    }

    private void close(TaskId task) {
        failed.values().forEach(tasks -> tasks.remove(task));
    }
}
