package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.model.Attempt;
import dev.ganger.model.Result;
import dev.ganger.model.TaskState;
import java.util.List;

/** Why a result has the number of attempts that it has: each before the last was lost, failed and tried again, or given back. */
final class Explanation {
    private final Result result;
    private final List<AttemptRange> returned;
    private final boolean namesReturned;
    private final int before;
    private final Faults faults;
    private final Tally tally;

    /** Before: the number of the last attempt in earlier rounds. */
    Explanation(Result result, List<AttemptRange> returned, boolean namesReturned, int before, Faults faults, Tally tally) {
        this.result = result;
        this.returned = returned;
        this.namesReturned = namesReturned;
        this.before = before;
        this.faults = faults;
        this.tally = tally;
    }

    /** Says what is not explained, and counts what is. */
    boolean holds() {
        tally.rounds += result.round() > 1 ? 1 : 0;
        if (result.attempt() == 0) {
            return hasNone();
        }
        if (result.attempt() <= before) {
            faults.add("position %d says that attempt %d decided round %d of %s, and an earlier round had attempt %d",
                    result.position(), result.attempt(), result.round(), result.task(), before);
            return false;
        }
        var known = result.earlier().stream().allMatch(this::canBe) && returned.stream().allMatch(this::canBe);
        for (var number = before + 1; number <= result.attempt(); number++) {
            known &= explains(number);
        }
        tally.attempts += result.attempt() - before;
        return known;
    }

    private boolean hasNone() {
        if (result.state() != TaskState.CANCELLED || !result.earlier().isEmpty() || !returned.isEmpty()) {
            faults.add("position %d says that no attempt decided %s, and that it %s after %d attempts", result.position(),
                    result.task(), Names.of(result.state()), result.earlier().size());
            return false;
        }
        return true;
    }

    private boolean canBe(Attempt attempt) {
        var ended = attempt.state() == TaskState.LOST || attempt.state() == TaskState.FAILED;
        if (attempt.number() <= before || attempt.number() > result.attempt() || !ended) {
            faults.add("position %d names attempt %d of %s, %s, before attempt %d of round %d: there can be no such one",
                    result.position(), attempt.number(), result.task(), Names.of(attempt.state()), result.attempt(),
                    result.round());
            return false;
        }
        return true;
    }

    private boolean canBe(AttemptRange range) {
        if (range.first() <= before || range.last() > result.attempt()) {
            faults.add("position %d says that attempts %d to %d of %s were given back in round %d: there can be no such ones",
                    result.position(), range.first(), range.last(), result.task(), result.round());
            return false;
        }
        return true;
    }

    private boolean explains(int number) {
        var isLast = number == result.attempt();
        var decided = isLast && !result.agent().isEmpty();
        var named = result.earlier().stream().filter(attempt -> attempt.number() == number).toList();
        var givenBack = JobLedger.isIn(returned, number);
        if (named.size() + (givenBack ? 1 : 0) + (decided ? 1 : 0) > 1) {
            faults.add("position %d says twice how attempt %s#%d ended", result.position(), result.task(), number);
            return false;
        }
        tally.returned += givenBack ? 1 : 0;
        if (named.isEmpty() && !givenBack && !decided) {
            tally.unrecorded += namesReturned ? 0 : 1;
            if (namesReturned) {
                faults.add("attempt %s#%d is explained by nothing: its result at position %d does not say how it ended",
                        result.task(), number, result.position());
            }
            return !namesReturned;
        }
        named.forEach(attempt -> {
            tally.lost += attempt.state() == TaskState.LOST ? 1 : 0;
            tally.retried += attempt.state() == TaskState.FAILED ? 1 : 0;
        });
        return true;
    }
}
