package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Jobs;
import dev.ganger.model.Job;
import dev.ganger.model.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until jobs are finished. */
@Command(name = "wait", customSynopsis = "ganger wait [--timeout D] [--reconnect D] JOB…", description = "Wait until jobs are finished: 0 if all their tasks succeeded, else 1.", footer = {
        "",
        "Example:", "  ganger wait last --timeout 1h"})
final class WaitCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Jobs: 42, last; or all: those that are not finished.")
    List<Target> targets = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "D", description = "How long to wait for all of them (exit code 7).")
    @Nullable
    Duration timeout;

    @Mixin
    Patient patient = new Patient();

    WaitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect(patient)) {
            return run(coordinator);
        }
    }

    private int run(Coordinator coordinator) {
        var patience = new Patience(coordinator, invocation.output(), timeout);
        var good = true;
        for (var id : new Targets(coordinator).jobs(targets, job -> !job.state().isFinal())) {
            var job = patience.finished(id);
            print(job);
            good &= job.state() == JobState.SUCCEEDED;
        }
        return good ? 0 : 1;
    }

    private void print(Job job) {
        if (invocation.output().format() == Format.TABLE) {
            invocation.output().line(Jobs.summary(job));
        } else {
            invocation.output().only(Jobs.SHAPE, job);
        }
        invocation.output().flush();
    }
}
