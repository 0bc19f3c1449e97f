package dev.ganger.cli.view;

import dev.ganger.model.User;
import java.util.List;

/** How users are shown. */
public final class Users {
    public static final Shape<User> SHAPE = new Shape<>(List.of(
            Column.wide("NAME", User::name),
            Column.word("ROLE", user -> user.role().word()),
            Column.word("JOINED", user -> Words.shortTime(user.joinedAt())),
            Column.word("TOKEN", 1, User::token),
            Column.word("IDENTITY", 2, User::identity)), Users::write, User::name);

    private Users() {}

    private static void write(Json json, User user) {
        json.text("name", user.name())
                .text("role", user.role().word())
                .text("identity", user.identity().toString())
                .text("joinedAt", Words.time(user.joinedAt()))
                .text("token", Jobs.known(user.token()));
    }

    public static void removed(Output output, String name, int logins) {
        output.done("user " + name + ": removed; " + Words.count(logins, "login") + " ended",
                json -> json.text("user", name).number("logins", logins), name);
    }
}
