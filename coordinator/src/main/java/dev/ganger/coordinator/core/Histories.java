package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.Indices;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What came before for each task of a job: a bit for one that was tried once, an object for one that was tried again. */
final class Histories {
    private final BitSet tried = new BitSet();
    private final Map<Integer, History> again = new HashMap<>();

    /** The past of a task that was tried more than once, or given back. */
    private static final class History {
        int lastAttempt;
        int retriesUsed;
        final List<Attempt> attempts = new ArrayList<>();
    }

    // ---- reading

    /** Whether no task was ever tried. */
    boolean isEmpty() {
        return tried.isEmpty();
    }

    boolean neverTried(int ordinal) {
        return !tried.get(ordinal);
    }

    /** The number of the newest attempt; 0 if there was none. */
    int lastAttempt(int ordinal) {
        var history = again.get(ordinal);
        return history != null ? history.lastAttempt : tried.get(ordinal) ? 1 : 0;
    }

    int retriesUsed(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? 0 : history.retriesUsed;
    }

    List<Attempt> pastAttempts(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? List.of() : List.copyOf(history.attempts);
    }

    // ---- changing, by events only

    void begin(int ordinal, int attempt) {
        tried.set(ordinal);
        var history = again.get(ordinal);
        if (history != null) {
            history.lastAttempt = attempt;
        }
    }

    /** An attempt came back, and there will be another. */
    void end(int ordinal, int attempt) {
        of(ordinal).lastAttempt = attempt;
    }

    /** An attempt is over, and there will be another. */
    void end(int ordinal, Attempt past, boolean useRetry) {
        var history = of(ordinal);
        history.lastAttempt = past.number();
        history.attempts.add(past);
        history.retriesUsed += useRetry ? 1 : 0;
    }

    /** The result of a task tells its past from now on. */
    void conclude(int ordinal) {
        var history = again.get(ordinal);
        if (history != null) {
            history.attempts.clear();
        }
    }

    private History of(int ordinal) {
        return again.computeIfAbsent(ordinal, _ -> new History());
    }

    // ---- snapshots

    /** Tasks from this ordinal on were never tried. */
    int fresh() {
        return tried.length();
    }

    /** Before fresh, as in BitSet.toLongArray: tasks of a job for each agent do not leave in the order of their ordinals. */
    List<Long> untriedWords() {
        var untried = (BitSet) tried.clone();
        untried.flip(0, fresh());
        return LongStream.of(untried.toLongArray()).boxed().toList();
    }

    List<Event.HistoryRestored> snapshot(Indices indices) {
        return again.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> snapshot(indices.indexAt(entry.getKey()), entry.getValue())).toList();
    }

    private static Event.HistoryRestored snapshot(long index, History history) {
        return new Event.HistoryRestored(index, history.lastAttempt, history.retriesUsed, history.attempts);
    }

    void restore(Event.JobRestored saved, Indices indices) {
        tried.set(0, saved.fresh());
        tried.andNot(BitSet.valueOf(saved.untried().stream().mapToLong(Long::longValue).toArray()));
        for (var past : saved.histories()) {
            var history = of(indices.ordinalOf(past.index()));
            history.lastAttempt = past.lastAttempt();
            history.retriesUsed = past.retriesUsed();
            history.attempts.addAll(past.attempts());
        }
    }
}
