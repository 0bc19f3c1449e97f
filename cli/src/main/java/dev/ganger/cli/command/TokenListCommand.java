package dev.ganger.cli.command;

import dev.ganger.cli.view.Tokens;
import picocli.CommandLine.Command;

/** Lists the tokens. */
@Command(name = "list", customSynopsis = "ganger token list", description = {
        "List the tokens, the oldest first, without their secrets; those that are over", "are kept for 30 days."}, footer = {"",
                "Example: with which of them somebody can still join",
                "  ganger token list | awk '$7 == \"open\"'"})
final class TokenListCommand implements Verb {
    private final Invocation invocation;

    TokenListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var listing = invocation.output().list(Tokens.SHAPE);
            coordinator.access().tokens().forEach(listing::add);
            listing.end();
            return 0;
        }
    }
}
