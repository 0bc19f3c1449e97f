package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Action;
import dev.ganger.model.AttemptId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What agent.output keeps on a worker's disk: one line after the other, of which the last ones are not safe from a loss of power. */
final class Spool {
    private final List<Line> lines = new ArrayList<>();
    private int synced;

    /** What is written down. */
    private sealed interface Line {
        record Kept(Action.Over over) implements Line {}

        record Wrote(AttemptId attempt, long bytes) implements Line {}

        record Stored(AttemptId attempt) implements Line {}

        record Forgotten(AttemptId attempt) implements Line {}
    }

    void keep(Action.Over over) {
        lines.add(new Line.Kept(over));
    }

    void write(AttemptId attempt, long bytes) {
        lines.add(new Line.Wrote(attempt, bytes));
    }

    void stored(AttemptId attempt) {
        lines.add(new Line.Stored(attempt));
    }

    void forget(AttemptId attempt) {
        lines.add(new Line.Forgotten(attempt));
    }

    void sync() {
        synced = lines.size();
    }

    /** The power goes: of what was not synced only the first lines are there. */
    void tear(Chance chance) {
        var left = chance.from(synced, lines.size());
        lines.subList(left, lines.size()).clear();
        synced = left;
    }

    void clear() {
        lines.clear();
        synced = 0;
    }

    /** Reports with all of their output, stored or still here: what a new life goes on with. */
    List<Action.Over> readBack() {
        var reports = new LinkedHashMap<AttemptId, Action.Over>();
        Map<AttemptId, Long> written = new HashMap<>();
        Set<AttemptId> stored = new HashSet<>();
        for (var line : lines) {
            switch (line) {
                case Line.Kept(var over) -> reports.put(over.attempt(), over);
                case Line.Wrote(var attempt, var bytes) -> written.put(attempt, bytes);
                case Line.Stored(var attempt) -> stored.add(attempt);
                case Line.Forgotten(var attempt) -> reports.remove(attempt);
            }
        }
        return reports.values().stream().filter(over -> over.run().isInline() || stored.contains(over.attempt())
                || written.getOrDefault(over.attempt(), 0L) == over.run().stdout().bytes()).toList();
    }

    boolean keeps(AttemptId attempt) {
        return readBack().stream().anyMatch(over -> over.attempt().equals(attempt));
    }

    boolean isStored(AttemptId attempt) {
        return lines.contains(new Line.Stored(attempt));
    }
}
