package dev.ganger.cli.command;

import dev.ganger.cli.view.KnownContext;
import dev.ganger.cli.view.KnownContexts;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Lists the contexts of this user. */
@Command(name = "list", customSynopsis = "ganger context list", description = {
        "List the contexts: the coordinators that you know, and who you are there. A",
        "call uses the one that --context or GANGER_CONTEXT names; else the one that",
        "lists the address of --coordinator or GANGER_COORDINATOR; else the current",
        "one; else that of the coordinator on this machine; else the only one."}, footer = {"",
                "Example: until when you are known where",
                "  ganger context list -o json | jq -r '.coordinator + \" \" + .expiresAt'"})
final class ContextListCommand implements Verb {
    private final Invocation invocation;

    ContextListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try {
            var contexts = invocation.contexts();
            var current = contexts.current();
            var listing = invocation.output().list(KnownContexts.SHAPE);
            for (var context : contexts.all()) {
                listing.add(KnownContext.of(context, current != null && current.name().equals(context.name())));
            }
            listing.end();
            return 0;
        } catch (IOException problem) {
            throw Destinations.unreadable(problem);
        }
    }
}
