package dev.ganger.cli.command;

import dev.ganger.cli.view.Acts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a drained agent tasks again. */
@Command(name = "resume", customSynopsis = "ganger agent resume NAME…", sortOptions = false, description = {
        "Give a drained agent tasks again."}, footer = {"", "Example:", "  ganger agent resume web-7"})
final class AgentResumeCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Agents by their names.")
    List<String> names = new ArrayList<>();

    AgentResumeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var name : names) {
                coordinator.agents().resume(name);
                Acts.resumed(invocation.output(), name);
            }
            return 0;
        }
    }
}
