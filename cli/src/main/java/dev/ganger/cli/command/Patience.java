package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Job;
import dev.ganger.model.Task;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.ArrayList;
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
        try (var progress = output.progress("job " + job.id(), job.tasks().total())) {
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

    /** Some tasks of a job as they ended. */
    List<Task> finished(Chosen chosen) {
        try {
            var total = tasks(chosen, List.of()).size();
            if (total == 0) {
                throw chosen.missing();
            }
            reached = true;
            if (!tasks(chosen, UNFINISHED).isEmpty()) {
                noteIfNoAgent();
                watch(chosen, total);
            }
            return tasks(chosen, List.of());
        } catch (Failure failure) {
            throw failure.kind() == Kind.UNREACHABLE && reached ? lost(chosen.job(), failure) : failure;
        }
    }

    private void watch(Chosen chosen, int total) {
        var left = new int[]{total};
        try (var progress = output.progress("tasks " + chosen, total)) {
            var inTime = coordinator.jobs().watch(chosen.job(), left(), _ -> {
                left[0] = tasks(chosen, UNFINISHED).size();
                progress.at(total - left[0]);
                return left[0] > 0;
            });
            if (!inTime) {
                throw tooLate("tasks " + chosen + " are not finished", left[0], total, chosen.toString());
            }
        }
    }

    private List<Task> tasks(Chosen chosen, List<TaskState> states) {
        var tasks = new ArrayList<Task>();
        coordinator.jobs().tasks(chosen.in(states), tasks::add);
        return tasks;
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
