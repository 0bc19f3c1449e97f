package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Job;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for jobs, with a bar, for as long as all of them may take together. */
final class Patience {
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
            });
            if (!inTime) {
                throw tooLate(last[0]);
            }
        }
        return last[0];
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

    private Failure tooLate(Job job) {
        var left = job.tasks().total() - job.tasks().finished();
        return new Failure(Kind.TIMEOUT, "job %d is not finished after %s: %d of %s left; 'ganger wait %d' waits again".formatted(
                job.id(), Words.length(timeout == null ? Duration.ZERO : timeout), left, Words.count(job.tasks().total(), "task"),
                job.id()));
    }

    private static Failure lost(long job, Failure failure) {
        return new Failure(failure.kind(),
                failure.sentence() + "; job " + job + " goes on: 'ganger wait " + job + "' waits again",
                failure);
    }
}
