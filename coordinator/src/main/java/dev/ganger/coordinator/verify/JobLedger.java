package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.coordinator.core.Audit;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Attempt;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.util.BitSet;
import java.util.List;

/**
 * Strikes off, task by task and round by round, what results tell of one job: a bit a task, or two numbers if some began another round.
 */
final class JobLedger {
    private final Audit.OfJob job;
    private final Faults faults;
    private final Tally tally;
    private final BitSet seen = new BitSet();
    /** The last round of which there was a result, and the number of the last attempt; empty if all are in their first round. */
    private final int[] rounds;
    private final int[] attempts;
    private long results;
    private int succeeded;
    private int failed;
    private int cancelled;
    private boolean isDamaged;

    JobLedger(Audit.OfJob job, Faults faults, Tally tally) {
        this.job = job;
        this.faults = faults;
        this.tally = tally;
        var tasks = job.isInFirstRound() ? 0 : job.count();
        this.rounds = new int[tasks];
        this.attempts = new int[tasks];
    }

    /** Some of its results cannot be read, which was said: that they are missing is no news. */
    void damaged() {
        isDamaged = true;
    }

    void take(Payload.Recorded recorded, boolean namesReturned) {
        var result = recorded.result();
        if (place(result.task(), result.round(), result.position(), result.state())) {
            if (new Explanation(result, recorded.returned(), namesReturned, attemptsBefore(result.task()), faults, tally)
                    .holds()) {
                checkLast(result);
            }
            begin(result.task(), result.round(), result.attempt());
        }
    }

    void take(Payload.CancelledRange range) {
        var position = range.position();
        for (IndexRange indices : range.indices().ranges()) {
            for (var index = indices.first(); index <= indices.last(); index += indices.step()) {
                var task = new TaskId(range.job(), index);
                if (place(task, range.round(), position, TaskState.CANCELLED)) {
                    if (range.round() == job.round(ordinal(task)) && job.wasTried(ordinal(task))) {
                        faults.add("position %d says that %s was cancelled before any attempt in round %d, and it had attempt %d",
                                position, task, range.round(), job.lastAttempt(ordinal(task)));
                    }
                    tally.rounds += range.round() > 1 ? 1 : 0;
                    begin(task, range.round(), 0);
                }
                position++;
            }
        }
    }

    private int ordinal(TaskId task) {
        return job.origin().indices().ordinalOf(task.index());
    }

    /** Whether there can be such a result, and it is the first. */
    private boolean place(TaskId task, int round, long position, TaskState state) {
        results++;
        tally.results++;
        var ordinal = ordinal(task);
        if (ordinal < 0) {
            faults.add("position %d holds a result of %s, and job %d has no such task; its tasks are %s", position, task,
                    task.job(), job.origin().indices());
            return false;
        }
        var before = roundsSeen(ordinal);
        var present = job.round(ordinal);
        var outcome = job.outcome(ordinal);
        if (round <= before) {
            faults.add("%s has a second result of round %d, at position %d", task, round, position);
        } else if (round > present || round == present && outcome == null) {
            faults.add("position %d holds a result of %s in round %d, which %s", position, task, round,
                    round > present ? "never began" : "has not ended");
        } else if (round == present && outcome != state) {
            faults.add("position %d says that %s has %s, and the journal that it has %s", position, task, Names.of(state),
                    Names.of(outcome == null ? state : outcome));
        } else {
            if (round > before + 1) {
                faults.add("%s has a result of round %d at position %d and none of round %d before it", task, round, position,
                        before + 1);
            }
            count(round == present, state);
            return true;
        }
        return false;
    }

    private void count(boolean isLast, TaskState state) {
        if (isLast) {
            succeeded += state == TaskState.SUCCEEDED ? 1 : 0;
            failed += state == TaskState.FAILED ? 1 : 0;
            cancelled += state == TaskState.CANCELLED ? 1 : 0;
        }
    }

    private int roundsSeen(int ordinal) {
        return rounds.length > 0 ? rounds[ordinal] : seen.get(ordinal) ? 1 : 0;
    }

    private int attemptsBefore(TaskId task) {
        return attempts.length > 0 ? attempts[ordinal(task)] : 0;
    }

    private void begin(TaskId task, int round, int attempt) {
        var ordinal = ordinal(task);
        seen.set(ordinal);
        if (rounds.length > 0) {
            rounds[ordinal] = round;
            attempts[ordinal] = Math.max(attempts[ordinal], attempt);
        }
    }

    private void checkLast(Result result) {
        var ordinal = ordinal(result.task());
        if (result.round() == job.round(ordinal) && result.attempt() != job.lastAttempt(ordinal)) {
            faults.add("position %d says that attempt %d of %s was the last one, and the journal says that attempt %d was",
                    result.position(), result.attempt(), result.task(), job.lastAttempt(ordinal));
        }
    }

    // ---- when all results were taken

    void conclude() {
        var missing = new BitSet();
        for (var ordinal = 0; ordinal < job.count(); ordinal++) {
            var ended = job.round(ordinal) - (job.outcome(ordinal) == null ? 1 : 0);
            missing.set(ordinal, roundsSeen(ordinal) < ended);
            if (job.outcome(ordinal) == null && job.lastAttempt(ordinal) > 0) {
                checkUnfinished(ordinal);
            }
        }
        if (isDamaged) {
            return;
        }
        if (!missing.isEmpty()) {
            faults.add("the done queue has no result of %s, though the journal says that %s ended", Names.tasks(job, missing),
                    missing.cardinality() == 1 ? "it" : "they");
        } else {
            checkCounts();
        }
    }

    /** Of a task that may have more attempts: those it had are known one by one. */
    private void checkUnfinished(int ordinal) {
        var before = job.attemptsBeforeRound(ordinal);
        if (!isDamaged && attempts.length > 0 && before != attempts[ordinal]) {
            faults.add("the rounds before of %s had attempts up to %d, and its results tell of attempts up to %d", name(ordinal),
                    before, attempts[ordinal]);
        }
        for (var number = before + 1; number <= job.lastAttempt(ordinal); number++) {
            if (number != job.leased(ordinal) && !isKnown(job.past(ordinal), number)
                    && !isIn(job.returned(ordinal), number)) {
                faults.add("attempt %s#%d is explained by nothing: no agent has it, and no event says how it ended",
                        name(ordinal), number);
            }
        }
    }

    private TaskId name(int ordinal) {
        return new TaskId(job.origin().job(), job.origin().indices().indexAt(ordinal));
    }

    static boolean isKnown(List<Attempt> attempts, int number) {
        return attempts.stream().anyMatch(attempt -> attempt.number() == number);
    }

    static boolean isIn(List<AttemptRange> ranges, int number) {
        return ranges.stream().anyMatch(range -> range.contains(number));
    }

    private void checkCounts() {
        compare("results", job.results(), results);
        compare("succeeded tasks", job.succeeded(), succeeded);
        compare("failed tasks", job.failed(), failed);
        compare("cancelled tasks", job.cancelled(), cancelled);
        if ((job.finishedAt() != null) != (job.unfinished() == 0)) {
            faults.add("job %d has %d tasks that are not final, and the journal says that it %s", job.origin().job(),
                    job.unfinished(), job.finishedAt() == null ? "is not finished" : "finished at " + job.finishedAt());
        }
    }

    private void compare(String what, long counted, long found) {
        if (counted != found) {
            faults.add("the journal counts %d %s of job %d, and the done queue has %d", counted, what, job.origin().job(), found);
        }
    }
}
