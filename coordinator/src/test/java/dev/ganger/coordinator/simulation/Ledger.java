package dev.ganger.coordinator.simulation;

import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What processes write down themselves, outside of Ganger: when each began and ended. */
final class Ledger {
    private final Laws laws;
    private final Set<AttemptId> begun = new HashSet<>();
    private final Map<TaskId, Set<AttemptId>> running = new HashMap<>();

    Ledger(Laws laws) {
        this.laws = laws;
    }

    void begins(AttemptId attempt, AgentId agent) {
        BrokenLaw.unless(begun.add(attempt), "an attempt is started once", "%s began again on %s", attempt, agent);
        laws.mayBegin(attempt, agent);
        var others = running.computeIfAbsent(attempt.task(), _ -> new LinkedHashSet<>());
        for (var other : others) {
            BrokenLaw.unless(laws.isLost(other) || laws.isLostByWord(attempt),
                    "two attempts run at once only if the first was lost",
                    "%s began on %s while %s runs", attempt, agent, other);
        }
        others.add(attempt);
    }

    void ends(AttemptId attempt) {
        running.getOrDefault(attempt.task(), Set.of()).remove(attempt);
    }

    int begun() {
        return begun.size();
    }

    boolean hasBegun(AttemptId attempt) {
        return begun.contains(attempt);
    }

    boolean runs(AttemptId attempt) {
        return running.getOrDefault(attempt.task(), Set.of()).contains(attempt);
    }

    List<AttemptId> running() {
        var all = new ArrayList<AttemptId>();
        running.values().forEach(all::addAll);
        return all;
    }
}
