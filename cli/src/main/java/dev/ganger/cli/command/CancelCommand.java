package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels jobs and tasks. */
@Command(name = "cancel", customSynopsis = "ganger cancel [--reason TEXT] JOB|TASK…", description = "Cancel what is not finished of jobs, or of some of their tasks.", footer = {
        "",
        "Example:", "  ganger cancel 42.1-50 --reason 'wrong input'"})
final class CancelCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "1..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<Target> targets = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the tasks.")
    String reason = "";

    CancelCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var jobs = new Targets(coordinator);
            for (var target : targets) {
                if (target.which() == Target.Which.ALL) {
                    jobs.all(job -> !job.state().isFinal()).forEach(id -> cancel(coordinator, id, target));
                } else {
                    cancel(coordinator, jobs.job(target), target);
                }
            }
            return 0;
        }
    }

    private void cancel(Coordinator coordinator, long job, Target target) {
        var done = coordinator.jobs().cancel(job, target.tasks(), reason);
        if (done.cancelled() == 0 && done.ending() == 0 && coordinator.job(job).job().state().isFinal()) {
            Acts.cancelledNothing(invocation.output(), job);
            return;
        }
        Acts.cancelled(invocation.output(), job, done.cancelled(), done.ending());
    }
}
