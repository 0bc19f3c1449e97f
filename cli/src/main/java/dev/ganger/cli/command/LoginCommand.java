package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.view.KnownContext;
import dev.ganger.cli.view.KnownContexts;
import dev.ganger.model.Bytes;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes this user somebody at a coordinator. */
@Command(name = "login", customSynopsis = "ganger login [--name CONTEXT] TOKEN|@FILE|-", sortOptions = false, description = {
        "Log in with a token that an admin made with 'ganger token create user NAME':",
        "make a key here, which stays here, get a certificate for it, and keep both as",
        "a context. The coordinator is known by the token; --coordinator reaches it",
        "elsewhere than the token says. Logging in again replaces the context once the", "new one works."}, footer = {"",
                "Example: with a token in a file, so that no history has it", "  ganger login @token"})
final class LoginCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "TOKEN|@FILE|-", arity = "1", description = "The token, a file with it, or the standard input.")
    Bytes token = Bytes.EMPTY;

    @Option(names = "--name", paramLabel = "CONTEXT", description = "What to call the context. Default: as before, or the coordinator's host.")
    @Nullable
    String name;

    LoginCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        var line = new GivenToken(token, invocation.surroundings()).of(TokenLine.Kind.USER);
        var told = Address.parse(line.address());
        var address = invocation.coordinator == null ? told : invocation.coordinator;
        try {
            var login = new Login(invocation.contexts(), line, name);
            var caller = login.join(address);
            var context = login.settle(Stream.of(address, told).map(Address::toString).distinct().toList());
            var current = invocation.contexts().current();
            KnownContexts.loggedIn(invocation.output(), caller,
                    KnownContext.of(context, current != null && current.name().equals(context.name())));
            return 0;
        } catch (IllegalArgumentException wrong) {
            throw Failure.usage(String.valueOf(wrong.getMessage()));
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "the context cannot be written: " + problem.getMessage(), problem);
        }
    }
}
