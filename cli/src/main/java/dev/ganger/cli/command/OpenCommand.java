package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import picocli.CommandLine.Command;

/** Accepts jobs again. */
@Command(name = "open", customSynopsis = "ganger open", description = "Accept jobs again, after 'close'.", footer = {"",
        "Example:", "  ganger open"})
final class OpenCommand implements Verb {
    private final Invocation invocation;

    OpenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            coordinator.control().acceptJobs();
            Acts.open(invocation.output(), true);
            return 0;
        }
    }
}
