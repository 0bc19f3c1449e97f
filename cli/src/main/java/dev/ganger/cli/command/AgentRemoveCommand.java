package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets an installation of an agent never come back. */
@Command(name = "remove", customSynopsis = "ganger agent remove [--reason TEXT] NAME…", sortOptions = false, description = {
        "Remove an agent: it is cut off, what it held is lost at once and runs",
        "elsewhere, and it may never come back."}, footer = {
                "", "Example:", "  ganger agent remove web-7"})
final class AgentRemoveCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Agents by their names.")
    List<String> names = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the agent.")
    String reason = "";

    AgentRemoveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var name : names) {
                Acts.lost(invocation.output(), name, "removed", coordinator.agents().remove(name, reason));
            }
            return 0;
        }
    }
}
