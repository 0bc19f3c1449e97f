package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels jobs and tasks. */
@Command(name = "cancel", customSynopsis = "ganger cancel [OPTION…] JOB|TASK…", sortOptions = false, description = {
        "Cancel what is not finished of jobs, or of some of their tasks: what is queued",
        "at once, what runs as soon as its agent has ended it. Exit code 3: there is no", "such job or task."}, footer = {"",
                "Example:",
                "  ganger cancel 42.1-50 --reason 'wrong input'"})
final class CancelCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    TaskFilter filter = new TaskFilter();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the tasks.")
    String reason = "";

    CancelCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            new Targets("cancel", coordinator, filter).some(targets, job -> !job.state().isFinal())
                    .forEach(chosen -> cancel(coordinator, chosen));
            return 0;
        }
    }

    private void cancel(Coordinator coordinator, Chosen chosen) {
        Acts.cancelled(invocation.output(), coordinator.jobs().cancel(chosen.in(filter.states), reason));
    }
}
