package dev.ganger.cli.command;

import dev.ganger.cli.client.Accepted;
import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.QueueFull;
import dev.ganger.cli.client.Reconnect;
import dev.ganger.cli.client.Submission;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import java.time.Duration;

/** Hands a job to the coordinator, with the progress and the remarks that go with it. */
final class Submitter {
    /** A coordinator that restarts is back before that. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Invocation invocation;
    private final Output output;
    private boolean saidThatItWaits;

    Submitter(Invocation invocation) {
        this.invocation = invocation;
        this.output = invocation.output();
    }

    /** The job, checked as far as that is possible here; nothing is sent. */
    Submission prepare(JobOptions options, WaitingOptions waiting) {
        return options.submission(waiting, invocation.surroundings(), size -> output.progressOfBytes("reading entries", size));
    }

    /** How long a submit that breaks off is sent again. */
    Reconnect reconnect() {
        return new Reconnect(PATIENCE, output::note);
    }

    Accepted submit(Coordinator coordinator, Submission submission) {
        var accepted = coordinator.submit(submission, this::waiting);
        noteIfAgentIsUnknown(coordinator, submission.spec().order().agent(), accepted.job());
        if (submission.tasks() instanceof Submission.EachAgent) {
            noteWhoIsLeftOut(coordinator);
        }
        return accepted;
    }

    private void noteWhoIsLeftOut(Coordinator coordinator) {
        var leftOut = coordinator.control().agents().stream().filter(agent -> !agent.state().takesTasks())
                .map(agent -> agent.id().name() + " (" + Words.word(agent.state()) + ")").toList();
        if (!leftOut.isEmpty()) {
            output.note("left out: " + String.join(", ", leftOut));
        }
    }

    private void noteIfAgentIsUnknown(Coordinator coordinator, String agent, long job) {
        if (!agent.isEmpty() && coordinator.control().agents().stream().noneMatch(each -> each.id().name().equals(agent))) {
            output.note("no agent '%s' is known now; job %d waits for it".formatted(agent, job));
        }
    }

    private void waiting(QueueFull full) {
        if (!saidThatItWaits) {
            saidThatItWaits = true;
            output.note("queue full: %d of %s; waiting for room, %s ahead".formatted(
                    full.queued(), Words.count(full.limit(), "task"), Words.count(full.ahead(), "job")));
        }
    }
}
