package dev.ganger.cli.command;

import dev.ganger.cli.view.Users;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends what users may do. */
@Command(name = "remove", customSynopsis = "ganger user remove NAME…", description = {
        "Remove users: their logins and whatever they are doing end at once. Jobs stay.",
        "The last admin cannot be removed."}, footer = {"", "Example:", "  ganger user remove alice"})
final class UserRemoveCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Users by their names.")
    List<String> names = new ArrayList<>();

    UserRemoveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            for (var name : names) {
                Users.removed(invocation.output(), name, coordinator.access().removeUser(name));
            }
            return 0;
        }
    }
}
