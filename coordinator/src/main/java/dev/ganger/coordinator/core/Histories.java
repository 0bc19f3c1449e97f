package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.Indices;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came before for each task of a job: a bit for one that was tried once in its round, an object for one that was tried again, two
 * numbers for each if any of them had an earlier round.
 */
final class Histories {
    private static final int FIRST_ROUND = 1;

    /** In the present round of each. */
    private final BitSet tried = new BitSet();
    private final Map<Integer, History> again = new HashMap<>();
    /** How many rounds each had before, and the number of its last attempt in them; empty if none had any. */
    private int[] roundsBefore = {};
    private int[] attemptsBefore = {};

    /** The present round of a task that was tried more than once in it, or given back. */
    private static final class History {
        int lastAttempt;
        int retriesUsed;
        int crashes;
        int moves;
        Avoided avoided = Avoided.NOBODY;
        @Nullable
        Pause pause;
        final List<Attempt> attempts = new ArrayList<>();
        List<AttemptRange> returned = List.of();
    }

    // ---- reading

    /** Whether no task was tried in its present round. */
    boolean isEmpty() {
        return tried.isEmpty();
    }

    /** Whether no task had a round before. */
    boolean isFirstRound() {
        return roundsBefore.length == 0;
    }

    /** In its present round. */
    boolean neverTried(int ordinal) {
        return !tried.get(ordinal);
    }

    int round(int ordinal) {
        return roundsBefore.length == 0 ? FIRST_ROUND : FIRST_ROUND + roundsBefore[ordinal];
    }

    /** The number of the newest attempt; 0 if there was none. */
    int lastAttempt(int ordinal) {
        var history = again.get(ordinal);
        return history != null ? history.lastAttempt : attemptsBefore(ordinal) + (tried.get(ordinal) ? 1 : 0);
    }

    private int attemptsBefore(int ordinal) {
        return attemptsBefore.length == 0 ? 0 : attemptsBefore[ordinal];
    }

    int retriesUsed(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? 0 : history.retriesUsed;
    }

    /** How often it was lost with its agent. */
    int crashes(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? 0 : history.crashes;
    }

    /** How often it went to another agent without using a retry. */
    int moves(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? 0 : history.moves;
    }

    /** Where it should not go. */
    Avoided avoided(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? Avoided.NOBODY : history.avoided;
    }

    /** Null if it does not wait. */
    @Nullable
    Pause pause(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? null : history.pause;
    }

    List<Attempt> pastAttempts(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? List.of() : List.copyOf(history.attempts);
    }

    /** Attempts of the present round that were given back. */
    List<AttemptRange> returned(int ordinal) {
        var history = again.get(ordinal);
        return history == null ? List.of() : history.returned;
    }

    /** The number of the last attempt in the rounds before; 0 if there was none. */
    int attemptsBeforeRound(int ordinal) {
        return attemptsBefore(ordinal);
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
    void giveBack(int ordinal, int attempt) {
        var history = of(ordinal);
        history.lastAttempt = attempt;
        history.returned = AttemptRange.with(history.returned, attempt);
    }

    /** An attempt was lost, and there will be another. */
    void lose(int ordinal, Attempt past) {
        over(ordinal, past).crashes++;
    }

    /** An attempt failed, and there will be another; the pause before that is null if there is none. */
    void fail(int ordinal, Attempt past, @Nullable Pause pause) {
        var history = over(ordinal, past);
        history.retriesUsed++;
        history.pause = pause;
    }

    /** An attempt failed, and there will be another elsewhere. */
    void move(int ordinal, Attempt past) {
        over(ordinal, past).moves++;
    }

    void avoid(int ordinal, Avoided agents) {
        of(ordinal).avoided = agents;
    }

    private History over(int ordinal, Attempt past) {
        var history = of(ordinal);
        history.lastAttempt = past.number();
        history.attempts.add(past);
        return history;
    }

    void endPause(int ordinal) {
        of(ordinal).pause = null;
    }

    /** The result of a task tells its past from now on. */
    void conclude(int ordinal) {
        var history = again.get(ordinal);
        if (history != null) {
            history.attempts.clear();
            history.avoided = Avoided.NOBODY;
            history.returned = List.of();
        }
    }

    /** A task begins a round; attempts go on counting, all else counts anew. */
    void nextRound(int ordinal, int tasks) {
        var attempts = lastAttempt(ordinal);
        makeRoom(tasks);
        roundsBefore[ordinal]++;
        attemptsBefore[ordinal] = attempts;
        again.remove(ordinal);
        tried.clear(ordinal);
    }

    private void makeRoom(int tasks) {
        if (roundsBefore.length == 0) {
            roundsBefore = new int[tasks];
            attemptsBefore = new int[tasks];
        }
    }

    private History of(int ordinal) {
        return again.computeIfAbsent(ordinal, _ -> new History());
    }

    // ---- snapshots

    /** Tasks from this ordinal on were not tried in their present round. */
    int fresh() {
        return tried.length();
    }

    List<Long> triedWords() {
        return Outcomes.words(tried);
    }

    /** Tasks with earlier rounds; neighbours with the same numbers are one. */
    List<Saved.Earlier> earlierRounds() {
        var found = new ArrayList<Saved.Earlier>();
        for (var first = 0; first < roundsBefore.length; first++) {
            var last = first;
            while (last + 1 < roundsBefore.length && roundsBefore[last + 1] == roundsBefore[first]
                    && attemptsBefore[last + 1] == attemptsBefore[first]) {
                last++;
            }
            if (roundsBefore[first] > 0) {
                found.add(new Saved.Earlier(first, last, roundsBefore[first], attemptsBefore[first]));
            }
            first = last;
        }
        return found;
    }

    List<Saved.History> snapshot(Indices indices) {
        return again.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> snapshot(indices.indexAt(entry.getKey()), entry.getValue())).toList();
    }

    private static Saved.History snapshot(long index, History history) {
        return new Saved.History(index, history.lastAttempt, history.retriesUsed, history.attempts, history.crashes,
                history.pause, history.returned, history.moves, List.copyOf(history.avoided.unable()), List.copyOf(history.avoided.failed()));
    }

    void restore(Event.JobRestored saved, Indices indices) {
        var rounds = saved.rounds();
        if (rounds == null) {
            tried.set(0, saved.fresh());
        } else {
            tried.or(Outcomes.bits(rounds.tried()));
            rounds.earlier().forEach(each -> restore(each, indices.count()));
        }
        var leased = saved.leases().stream().map(lease -> lease.attempt().index()).collect(Collectors.toSet());
        for (var past : saved.histories()) {
            var ordinal = indices.ordinalOf(past.index());
            var history = of(ordinal);
            history.lastAttempt = past.lastAttempt();
            history.retriesUsed = past.retriesUsed();
            history.crashes = past.crashes();
            history.pause = past.pause();
            history.moves = past.moves();
            history.avoided = Avoided.of(past.unable(), past.shunned());
            history.attempts.addAll(past.attempts());
            history.returned = past.returned() == null
                    ? missing(ordinal, history, leased.contains(past.index()))
                    : past.returned();
        }
    }

    /** Snapshots of before they were kept: what is no attempt that ended and none that is leased was given back. */
    private List<AttemptRange> missing(int ordinal, History history, boolean isLeased) {
        var numbers = new BitSet();
        numbers.set(attemptsBefore(ordinal) + 1, history.lastAttempt + (isLeased ? 0 : 1));
        history.attempts.forEach(attempt -> numbers.clear(attempt.number()));
        return numbers.stream().boxed().reduce(List.<AttemptRange>of(), AttemptRange::with, (left, _) -> left);
    }

    private void restore(Saved.Earlier earlier, int tasks) {
        makeRoom(tasks);
        for (var ordinal = earlier.first(); ordinal <= earlier.last(); ordinal++) {
            roundsBefore[ordinal] = earlier.rounds();
            attemptsBefore[ordinal] = earlier.attempts();
        }
    }
}
