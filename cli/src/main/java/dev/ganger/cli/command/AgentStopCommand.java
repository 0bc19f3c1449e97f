package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends one agent. */
@Command(name = "stop", customSynopsis = "ganger agent stop [--reason TEXT] NAME…", sortOptions = false, description = {
        "Let an agent finish what it holds, give it no more, and then end it."}, footer = {"", "Example:",
                "  ganger agent stop web-7"})
final class AgentStopCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Agents by their names.")
    List<String> names = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the agent.")
    String reason = "";

    AgentStopCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var name : names) {
                Acts.agentStopped(invocation.output(), name, coordinator.agents().stop(name, reason));
            }
            return 0;
        }
    }
}
