package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets jobs. */
@Command(name = "forget", customSynopsis = "ganger forget JOB…", description = "Forget finished jobs, with their results and all they wrote.", footer = {
        "",
        "Example:", "  ganger forget 42"})
final class ForgetCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Jobs: 42, last; or all: those that are finished.")
    List<Target> targets = new ArrayList<>();

    ForgetCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var job : new Targets(coordinator).jobs(targets, each -> each.state().isFinal())) {
                Acts.forgotten(invocation.output(), job, coordinator.jobs().forget(job));
            }
            return 0;
        }
    }
}
