package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Job;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for jobs, with a bar, for as long as all of them may take together. */
final class Patience {
    private static final List<TaskState> UNFINISHED = Arrays.stream(TaskState.values())
            .filter(state -> !state.isFinal() && state != TaskState.LOST)
            .toList();

    private final Coordinator coordinator;
    private final Output output;
    private final @Nullable Duration timeout;
    private final long startedNanos = System.nanoTime();
    private boolean saidThatNoAgentIsThere;
    private boolean reached;

    Patience(Coordinator coordinator, Output output, @Nullable Duration timeout) {
        this.coordinator = coordinator;
        this.output = output;
        this.timeout = timeout;
    }

    /** The job as it ended. */
    Job finished(long id) {
        try {
            var job = coordinator.job(id).job();
            reached = true;
            if (job.state().isFinal()) {
                return job;
            }
            noteIfNoAgent();
            return watch(job);
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE && reached ? lost(id, failure) : failure;
        }
    }

    private Job watch(Job job) {
        var last = new Job[]{job};
        try (var progress = output.progress("job " + job.id(), job.tasks().total(), job.tasks().finished())) {
            var inTime = coordinator.jobs().watch(job.id(), left(), news -> {
                last[0] = news;
                progress.at(news.tasks().finished());
                return true;
            });
            if (!inTime) {
                var tasks = last[0].tasks();
                throw tooLate("job " + job.id() + " is not finished", tasks.total() - tasks.finished(), tasks.total(),
                        Long.toString(job.id()));
            }
        }
        return last[0];
    }

    /** Waits for some tasks of a job. */
    void await(Chosen chosen) {
        try {
            var total = count(chosen, List.of());
            if (total == 0) {
                throw chosen.missing();
            }
            reached = true;
            var unfinished = count(chosen, UNFINISHED);
            if (unfinished > 0) {
                noteIfNoAgent();
                watch(chosen, total, unfinished);
            }
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE && reached ? lost(chosen.job(), failure) : failure;
        }
    }

    private void watch(Chosen chosen, long total, long unfinished) {
        var left = new long[]{unfinished};
        try (var progress = output.progress("tasks " + chosen, total, total - unfinished)) {
            var inTime = coordinator.jobs().watch(chosen.job(), left(), _ -> {
                left[0] = count(chosen, UNFINISHED);
                progress.at(total - left[0]);
                return left[0] > 0;
            });
            if (!inTime) {
                throw tooLate("tasks " + chosen + " are not finished", left[0], total, chosen.toString());
            }
        }
    }

    private long count(Chosen chosen, List<TaskState> states) {
        var count = new long[1];
        coordinator.jobs().tasks(chosen.in(states), _ -> count[0]++);
        return count[0];
    }

    /** Says once that nobody is there to run anything. */
    void noteIfNoAgent() {
        if (!saidThatNoAgentIsThere && coordinator.status().agents().alive() == 0) {
            saidThatNoAgentIsThere = true;
            output.note("no agent is alive; waiting for one: start it with 'ganger agent run'");
        }
    }

    private @Nullable Duration left() {
        if (timeout == null) {
            return null;
        }
        var left = timeout.minusNanos(System.nanoTime() - startedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Failure tooLate(String what, long left, long total, String id) {
        return new Failure(Kind.TIMEOUT, "%s after %s: %d of %s left; 'ganger wait %s' waits again".formatted(what,
                Words.length(timeout == null ? Duration.ZERO : timeout), left, Words.count(total, "task"), id));
    }

    private static Failure lost(long job, Failure failure) {
        return new Failure(failure.kind(),
                failure.sentence() + "; job " + job + " goes on: 'ganger wait " + job + "' waits again",
                failure);
    }
}
