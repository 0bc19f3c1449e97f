package dev.ganger.coordinator.core;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which tasks of a job are held, and for which reason; a task that an agent has can be held for when it comes back. */
final class Holds {
    private final BitSet all = new BitSet();
    private final Map<String, BitSet> byReason = new TreeMap<>();

    // ---- reading

    boolean isEmpty() {
        return byReason.isEmpty();
    }

    boolean has(int ordinal) {
        return all.get(ordinal);
    }

    /** Of a task that is held; may be empty. */
    String reason(int ordinal) {
        return byReason.entrySet().stream().filter(each -> each.getValue().get(ordinal)).map(Map.Entry::getKey).findFirst()
                .orElse("");
    }

    // ---- changing, by events only

    void add(int ordinal, String reason) {
        all.set(ordinal);
        byReason.computeIfAbsent(reason, _ -> new BitSet()).set(ordinal);
    }

    void remove(int ordinal) {
        all.clear(ordinal);
        byReason.values().removeIf(tasks -> {
            tasks.clear(ordinal);
            return tasks.isEmpty();
        });
    }

    // ---- snapshots

    List<Saved.Hold> snapshot() {
        return byReason.entrySet().stream()
                .map(each -> new Saved.Hold(each.getKey(), Outcomes.words(each.getValue()))).toList();
    }
}
