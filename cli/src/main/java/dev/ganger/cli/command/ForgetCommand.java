package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forgets jobs. */
@Command(name = "forget", customSynopsis = "ganger forget [OPTION…] JOB…", sortOptions = false, description = {
        "Forget finished jobs, with their results and all they wrote.",
        "Exit code 5: a job is not finished; 'all' and filters only mean those that are."}, footer = {"",
                "Example:", "  ganger forget --state succeeded --name 'nightly-*'"})
final class ForgetCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs: 42, last; or all: those that are finished.")
    List<String> targets = new ArrayList<>();

    @Mixin
    JobFilter filter = new JobFilter();

    ForgetCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var job : new Targets("forget", coordinator, filter).someJobs(targets, each -> each.state().isFinal())) {
                Acts.forgotten(invocation.output(), job, coordinator.jobs().forget(job));
            }
            return 0;
        }
    }
}
