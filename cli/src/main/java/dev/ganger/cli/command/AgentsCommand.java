package dev.ganger.cli.command;

import dev.ganger.cli.view.Agents;
import picocli.CommandLine.Command;

/** Lists the agents. */
@Command(name = "agents", customSynopsis = "ganger agents", description = "List the agents by name.", footer = {"",
        "Example: who is silent",
        "  ganger agents | awk '$2 == \"unknown\"'"})
final class AgentsCommand implements Verb {
    private final Invocation invocation;

    AgentsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var listing = invocation.output().list(Agents.SHAPE);
            coordinator.control().agents().forEach(listing::add);
            listing.end();
            return 0;
        }
    }
}
