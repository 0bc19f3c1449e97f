package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Tokens;
import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token that lets a user log in. */
@Command(name = "user", customSynopsis = "ganger token create user --role admin|submitter|viewer [OPTION…] NAME", sortOptions = false, description = {
        "Make a token that lets a user log in, and print the command line that uses it.",
        "A viewer looks; a submitter also gives work and controls jobs; an admin also",
        "controls agents, the queue, tokens and users. With -o quiet only the token."}, footer = {"",
                "Example:", "  ganger token create user alice --role submitter --expires 1d"})
final class TokenCreateUserCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1", description = "Who it is for: the name that the user has here.")
    String name = "";

    @Option(names = "--role", paramLabel = "admin|submitter|viewer", required = true, description = "What the user may do.")
    Role role = Role.VIEWER;

    @Mixin
    TokenOptions options = new TokenOptions();

    TokenCreateUserCommand(Invocation invocation) {
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
            return new Admission.OfUser(name, role);
        } catch (IllegalArgumentException wrong) {
            throw Failure.usage(String.valueOf(wrong.getMessage()));
        }
    }
}
