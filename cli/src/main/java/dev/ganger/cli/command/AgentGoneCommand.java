package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that the machine of a silent agent is no more. */
@Command(name = "gone", customSynopsis = "ganger agent gone [--reason TEXT] NAME…", sortOptions = false, description = {
        "Say that the machine of a silent agent is no more: what it held is lost at",
        "once, and runs elsewhere. Exit code 5: the agent is heard, so it cannot be", "gone."}, footer = {"", "Example:",
                "  ganger agent gone web-7 --reason 'deleted'"})
final class AgentGoneCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Agents by their names.")
    List<String> names = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept, and shown with the agent.")
    String reason = "";

    AgentGoneCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var name : names) {
                Acts.lost(invocation.output(), name, "gone", coordinator.agents().gone(name, reason));
            }
            return 0;
        }
    }
}
