package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Tokens;
import dev.ganger.model.Admission;
import dev.ganger.model.Labels;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a token that lets agents join. */
@Command(name = "agent", customSynopsis = "ganger token create agent [OPTION…]", sortOptions = false, description = {
        "Make a token that lets agents join, and print the command line that uses it.",
        "With -o quiet only the token; nobody can ask for it again."}, footer = {"",
                "Example: for ten new machines, this afternoon", "  ganger token create agent --uses 10 --expires 4h"})
final class TokenCreateAgentCommand implements Verb {
    private final Invocation invocation;

    @Option(names = "--name", paramLabel = "NAME", description = "The only name that an agent may join under. Default: any.")
    String name = "";

    @Option(names = "--label", paramLabel = "K=V", description = "A label that those who join have, whatever they say; may be given several times.")
    List<String> labels = new ArrayList<>();

    @Mixin
    TokenOptions options = new TokenOptions();

    TokenCreateAgentCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var admission = admission();
        try (var coordinator = invocation.connect()) {
            Tokens.created(invocation.output(), coordinator.access().createToken(admission, options.uses(), options.expires));
            return 0;
        }
    }

    private Admission admission() {
        try {
            return new Admission.OfAgent(name, Labels.parse(labels));
        } catch (IllegalArgumentException wrong) {
            throw Failure.usage(String.valueOf(wrong.getMessage()));
        }
    }
}
