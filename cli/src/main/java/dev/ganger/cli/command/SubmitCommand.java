package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Jobs;
import dev.ganger.model.JobState;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Queues a job. */
@Command(name = "submit", customSynopsis = "ganger submit [OPTION…] [--] COMMAND [ARG…]", sortOptions = false, description = "Queue a job and print its id.", footer = {
        "",
        "Example: a task for each line of a file, tried again up to two times",
        "  ganger submit --each-line files.txt --retries 2 gzip {}"})
final class SubmitCommand implements Verb {
    private final Invocation invocation;

    @Mixin
    JobOptions options = new JobOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nWaiting%n")
    WaitingOptions.OfSubmit waiting = new WaitingOptions.OfSubmit();

    SubmitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var submitter = new Submitter(invocation);
        var submission = submitter.prepare(options, waiting);
        if (options.inputs.dryRun) {
            return new DryRun(invocation, options.inputs).show(submission);
        }
        try (var coordinator = invocation.connect(submitter.reconnect())) {
            coordinator.greet();
            var id = submitter.submit(coordinator, submission).job();
            if (invocation.output().format() != Format.JSON) {
                invocation.output().line(Long.toString(id));
            } else if (!waiting.wait) {
                printObject(coordinator, id);
            }
            invocation.output().flush();
            return waiting.wait ? await(coordinator, id) : 0;
        }
    }

    private int await(Coordinator coordinator, long id) {
        var job = new Patience(coordinator, invocation.output(), null).finished(id);
        if (invocation.output().format() == Format.JSON) {
            printObject(coordinator, id);
        } else {
            invocation.output().note(Jobs.summary(job));
        }
        return job.state() == JobState.SUCCEEDED ? 0 : 1;
    }

    private void printObject(Coordinator coordinator, long id) {
        invocation.output().only(Jobs.SHAPE, coordinator.job(id).job());
    }
}
