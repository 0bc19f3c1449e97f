package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives an agent no more tasks. */
@Command(name = "drain", customSynopsis = "ganger agent drain [--reason TEXT] NAME…", sortOptions = false, description = {
        "Give an agent no more tasks; what it runs goes on. It stays so, whoever",
        "restarts, until 'ganger agent resume'."}, footer = {
                "", "Example:", "  ganger agent drain web-7 --reason 'new disk'"})
final class AgentDrainCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Agents by their names.")
    List<String> names = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the agent.")
    String reason = "";

    AgentDrainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var name : names) {
                Acts.drained(invocation.output(), name, coordinator.agents().drain(name, reason));
            }
            return 0;
        }
    }
}
