package dev.ganger.cli.command;

import dev.ganger.cli.view.Tokens;
import dev.ganger.trust.TokenLine;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends tokens. */
@Command(name = "revoke", customSynopsis = "ganger token revoke TOKEN…", description = {
        "Revoke tokens: nobody joins with them any more. Who has joined stays; 'ganger",
        "agent remove' and 'ganger user remove' end that."}, footer = {"", "Example:", "  ganger token revoke 3f9a2c"})
final class TokenRevokeCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "TOKEN", arity = "1..*", description = "Tokens by their ids, as 'ganger token list' shows them.")
    List<String> ids = new ArrayList<>();

    TokenRevokeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var id : ids.stream().map(TokenRevokeCommand::id).toList()) {
                coordinator.access().revokeToken(id);
                Tokens.revoked(invocation.output(), id);
            }
            return 0;
        }
    }

    /** Whoever has the whole token at hand may say that. */
    private static String id(String word) {
        try {
            return TokenLine.parse(word).id();
        } catch (IllegalArgumentException no) {
            return word;
        }
    }
}
