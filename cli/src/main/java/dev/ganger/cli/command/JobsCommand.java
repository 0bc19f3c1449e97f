package dev.ganger.cli.command;

import dev.ganger.cli.view.Jobs;
import picocli.CommandLine.Command;

/** Lists the jobs. */
@Command(name = "jobs", customSynopsis = "ganger jobs", description = "List the jobs.", footer = {"",
        "Example: the ids of all jobs", "  ganger jobs -o quiet"})
final class JobsCommand implements Verb {
    private final Invocation invocation;

    JobsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var listing = invocation.output().list(Jobs.SHAPE);
            coordinator.jobs().jobs(0, listing::add);
            listing.end();
            return 0;
        }
    }
}
