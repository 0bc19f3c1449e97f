package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Agents;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about an agent. */
@Command(name = "show", customSynopsis = "ganger agent show NAME…", sortOptions = false, description = "Show everything about an agent: where it stands, and what it runs.", footer = {
        "", "Example:", "  ganger agent show web-7"})
final class AgentShowCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Agents by their names.")
    List<String> names = new ArrayList<>();

    AgentShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var agents = coordinator.control().agents();
            for (var each = 0; each < names.size(); each++) {
                var name = names.get(each);
                var agent = agents.stream().filter(one -> one.id().name().equals(name)).findFirst()
                        .orElseThrow(() -> new Failure(Failure.Kind.NOT_FOUND,
                                "no such agent: " + name + "; 'ganger agents' lists those there are"));
                if (each > 0) {
                    invocation.output().blank();
                }
                Agents.show(invocation.output(), agent);
            }
            return 0;
        }
    }
}
