package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import picocli.CommandLine.Command;

/** Accepts no more jobs. */
@Command(name = "close", customSynopsis = "ganger close", description = "Accept no more jobs; what is queued goes on.", footer = {
        "",
        "Example: let everything finish, then end the agents", "  ganger close && ganger stop"})
final class CloseCommand implements Verb {
    private final Invocation invocation;

    CloseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            coordinator.control().refuseJobs();
            Acts.open(invocation.output(), false);
            return 0;
        }
    }
}
