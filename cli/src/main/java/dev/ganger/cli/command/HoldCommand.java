package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds jobs and tasks. */
@Command(name = "hold", customSynopsis = "ganger hold [OPTION…] JOB|TASK…", sortOptions = false, description = {
        "Hold jobs, or some of their tasks: what has not started does not start until",
        "'ganger release'. What runs goes on, and is held should it come back to the", "queue."}, footer = {"", "Example:",
                "  ganger hold --tag project=alpha --reason 'until the disk is larger'"})
final class HoldCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB|TASK", arity = "0..*", description = "Jobs: 42, last, all; or tasks: 42.7, 42.1-50, 42.1,3.")
    List<String> targets = new ArrayList<>();

    @Mixin
    TaskFilter filter = new TaskFilter();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the tasks.")
    String reason = "";

    HoldCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            new Targets("hold", coordinator, filter).some(targets, job -> !job.state().isFinal())
                    .forEach(chosen -> hold(coordinator, chosen));
            return 0;
        }
    }

    private void hold(Coordinator coordinator, Chosen chosen) {
        Acts.held(invocation.output(), chosen.job(), coordinator.jobs().hold(chosen.in(filter.states), reason));
    }
}
