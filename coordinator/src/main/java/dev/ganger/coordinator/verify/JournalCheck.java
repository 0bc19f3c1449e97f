package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.coordinator.core.Audit;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.State;
import dev.ganger.coordinator.store.StoreMoment;
import dev.ganger.coordinator.store.StoreException;
import dev.ganger.model.Attempt;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies what the journal holds as a coordinator that starts does, and compares each end of a task with the result that tells of it. */
final class JournalCheck {
    private final State state = new State();
    private final Audit audit = new Audit(state);
    private final Faults faults;

    JournalCheck(Faults faults) {
        this.faults = faults;
    }

    /** The state in the end; null if there is none, which is then said. */
    @Nullable
    Audit run(StoreMoment store) {
        try (var results = store.walk()) {
            store.replay((where, event) -> {
                compare(where, event, results);
                apply(where, event);
            });
            return audit;
        } catch (StoreException damage) {
            faults.accept(String.valueOf(damage.getMessage()));
        } catch (Impossible impossible) {
            faults.accept(String.valueOf(impossible.getMessage()));
        }
        return null;
    }

    /** What cannot follow from what was before breaks the state, in one way or another. */
    private void apply(String where, Event.Durable event) {
        try {
            state.apply(event);
        } catch (AssertionError | RuntimeException broken) {
            throw new Impossible("%s says what cannot follow from what stands before it: %s (%s)".formatted(where,
                    broken.getMessage(), event.getClass().getSimpleName()), broken);
        }
    }

    private void compare(String where, Event.Durable event, StoreMoment.ResultWalk results) {
        switch (event) {
            case Event.Finished finished -> compare(where, finished, results.at(finished.position()));
            case Event.Cancelled cancelled -> compare(where, cancelled, results);
            default -> {
            }
        }
    }

    /** Without a result: of a job that was forgotten later, or it is missed when all were read. */
    private void compare(String where, Event.Finished finished, StoreMoment.@Nullable Found found) {
        var task = finished.attempt().task();
        var job = audit.job(task.job());
        if (job != null && found != null) {
            new Expected(where, task, finished.attempt().number(), finished.state(), finished.agent().name(), finished.at())
                    .compare(job, found);
        }
    }

    private void compare(String where, Event.Cancelled cancelled, StoreMoment.ResultWalk results) {
        var job = audit.job(cancelled.job());
        var position = cancelled.position();
        for (var range : cancelled.indices()) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                var found = results.at(position++);
                var ordinal = job == null ? -1 : job.origin().indices().ordinalOf(index);
                if (job != null && found != null && ordinal >= 0) {
                    new Expected(where, new TaskId(cancelled.job(), index), job.wasTried(ordinal) ? job.lastAttempt(ordinal) : 0,
                            TaskState.CANCELLED, "", cancelled.at()).compare(job, found);
                }
            }
        }
    }

    /** What the result must be by the event, and by what the journal tells of the task so far. */
    private final class Expected {
        private final String where;
        private final TaskId task;
        private final int attempt;
        private final TaskState outcome;
        private final String agent;
        private final Instant at;

        Expected(String where, TaskId task, int attempt, TaskState outcome, String agent, Instant at) {
            this.where = where;
            this.task = task;
            this.attempt = attempt;
            this.outcome = outcome;
            this.agent = agent;
            this.at = at;
        }

        void compare(Audit.OfJob job, StoreMoment.Found found) {
            var result = found.recorded().result();
            var ordinal = job.origin().indices().ordinalOf(task.index());
            if (!result.task().equals(task) || result.attempt() != attempt || result.state() != outcome
                    || !result.agent().equals(agent) || !result.recordedAt().equals(at)) {
                faults.add("%s says that %s %s by attempt %d at position %d, and there stands that %s %s by attempt %d", where,
                        task,
                        Names.of(outcome), attempt, result.position(), result.task(), Names.of(result.state()),
                        result.attempt());
            } else if (ordinal >= 0 && result.round() != job.round(ordinal)) {
                faults.add("%s ends round %d of %s, and position %d says that it was round %d", where, job.round(ordinal), task,
                        result.position(), result.round());
            } else if (ordinal >= 0 && !sameAttempts(job, ordinal, result, found)) {
                faults.add("%s ends %s after attempts that were: %s; its result at position %d tells of: %s",
                        where, task, told(job.past(ordinal), job.returned(ordinal)), result.position(),
                        told(result.earlier(), found.recorded().returned()));
            }
        }

        private boolean sameAttempts(Audit.OfJob job, int ordinal, Result result, StoreMoment.Found found) {
            return told(job.past(ordinal), List.of()).equals(told(result.earlier(), List.of()))
                    && (!found.namesReturned() || job.returned(ordinal).equals(found.recorded().returned()));
        }

        private static String told(List<Attempt> earlier, List<AttemptRange> returned) {
            var told = new StringBuilder();
            earlier.forEach(each -> told.append(", #").append(each.number()).append(' ').append(Names.of(each.state()))
                    .append(" on ").append(each.agent()));
            returned.forEach(each -> told.append(", #").append(each.first()).append(" to #").append(each.last())
                    .append(" given back"));
            return told.isEmpty() ? "none" : told.substring(2);
        }
    }

    /** The journal contradicts itself. */
    private static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Impossible(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
