package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.KnownContexts;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chooses the context of the calls to come. */
@Command(name = "use", customSynopsis = "ganger context use CONTEXT", description = {
        "Use a context from now on, in every shell: where no option, variable or file",
        "says which coordinator is meant."}, footer = {"", "Example:", "  ganger context use queue-host"})
final class ContextUseCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "CONTEXT", arity = "1", description = "A name of 'ganger context list', or the path of such a folder.")
    String name = "";

    ContextUseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try {
            Destinations.named(invocation.contexts(), name);
            invocation.contexts().use(name);
            KnownContexts.used(invocation.output(), name);
            return 0;
        } catch (IOException problem) {
            throw new Failure(Failure.Kind.FAILED, "the choice cannot be written: " + problem.getMessage(), problem);
        }
    }
}
