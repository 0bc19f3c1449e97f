package dev.ganger.cli.command;

import dev.ganger.cli.view.Statuses;
import picocli.CommandLine.Command;

/** Shows the queues and the agents as a whole. */
@Command(name = "status", customSynopsis = "ganger status", description = "Show the queues, the jobs by state, the agents and the throughput.", footer = {
        "",
        "Example:", "  ganger status"})
final class StatusCommand implements Verb {
    private final Invocation invocation;

    StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            Statuses.show(invocation.output(), coordinator.control().status());
            return 0;
        }
    }
}
