package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.KnownContexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets who one is at a coordinator. */
@Command(name = "remove", customSynopsis = "ganger context remove CONTEXT…", description = {
        "Remove contexts with their keys: this user is then nobody there, until the next",
        "'ganger login'. The coordinator keeps the login until 'ganger user remove'."}, footer = {"", "Example:",
                "  ganger context remove queue-host"})
final class ContextRemoveCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "CONTEXT", arity = "1..*", description = "Contexts by their names.")
    List<String> names = new ArrayList<>();

    ContextRemoveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        for (var name : names) {
            remove(name);
            KnownContexts.removed(invocation.output(), name);
        }
        return 0;
    }

    private void remove(String name) {
        try {
            Destinations.named(invocation.contexts(), name);
            invocation.contexts().remove(name);
        } catch (IllegalArgumentException refused) {
            throw Failure.usage(String.valueOf(refused.getMessage()));
        } catch (IOException problem) {
            throw new Failure(Failure.Kind.FAILED, "the context '" + name + "' cannot be removed: " + problem.getMessage(),
                    problem);
        }
    }
}
