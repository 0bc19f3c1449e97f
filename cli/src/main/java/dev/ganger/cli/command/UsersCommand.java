package dev.ganger.cli.command;

import dev.ganger.cli.view.Users;
import picocli.CommandLine.Command;

/** Lists the users. */
@Command(name = "users", customSynopsis = "ganger users", description = {
        "List the users who have logged in, by name, a line for each login."}, footer = {"", "Example: who is an admin",
                "  ganger users | awk '$2 == \"admin\"'"})
final class UsersCommand implements Verb {
    private final Invocation invocation;

    UsersCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        try (var coordinator = invocation.connect()) {
            var listing = invocation.output().list(Users.SHAPE);
            coordinator.access().users().forEach(listing::add);
            listing.end();
            return 0;
        }
    }
}
