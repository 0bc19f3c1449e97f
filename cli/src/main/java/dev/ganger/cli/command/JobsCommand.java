package dev.ganger.cli.command;

import dev.ganger.cli.view.Jobs;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists jobs. */
@Command(name = "jobs", customSynopsis = "ganger jobs [OPTION…] [JOB…]", sortOptions = false, description = "List the jobs, the newest last.", footer = {
        "",
        "Example: the ids of what did not succeed today", "  ganger jobs --state failed,cancelled --tag day=monday -o quiet"})
final class JobsCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Only these: 42, last. Default: all.")
    List<String> targets = new ArrayList<>();

    @Mixin
    JobFilter filter = new JobFilter();

    JobsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var listing = invocation.output().list(Jobs.SHAPE);
            if (targets.isEmpty()) {
                coordinator.jobs().jobs(0, job -> {
                    if (filter.admits(job)) {
                        listing.add(job);
                    }
                });
            } else {
                new Targets("jobs", coordinator, filter).jobs(targets, _ -> true).stream().sorted()
                        .forEach(id -> listing.add(coordinator.job(id).job()));
            }
            listing.end();
            return 0;
        }
    }
}
