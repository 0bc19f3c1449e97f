package dev.ganger.cli.view;

import dev.ganger.cli.client.Caller;
import java.util.List;

/** How contexts are shown, and what became of them. */
public final class KnownContexts {
    public static final Shape<KnownContext> SHAPE = new Shape<>(List.of(
            Column.wide("NAME", KnownContext::name),
            Column.wide("COORDINATOR", KnownContext::address),
            Column.wide("USER", 1, KnownContext::user),
            Column.word("EXPIRES", 2, context -> Words.shortTime(context.expiresAt())),
            Column.word("CURRENT", context -> context.current() ? "yes" : null)), KnownContexts::write, KnownContext::name);

    private KnownContexts() {}

    private static void write(Json json, KnownContext context) {
        json.text("name", context.name())
                .truth("current", context.current())
                .text("coordinator", context.address())
                .texts("addresses", context.addresses())
                .text("user", context.user())
                .text("expiresAt", Words.time(context.expiresAt()))
                .text("folder", context.folder());
    }

    public static void used(Output output, String name) {
        output.done("context " + name + ": used from now on, unless a call says otherwise", json -> json.text("context", name),
                name);
    }

    public static void removed(Output output, String name) {
        output.done("context " + name + ": removed, with its key", json -> json.text("context", name), name);
    }

    public static void loggedIn(Output output, Caller caller, KnownContext context) {
        var role = caller.role() == null ? "" : ", " + caller.role().word();
        var use = context.current()
                ? "which is used from now on"
                : "which --context %s uses once, and 'ganger context use %1$s' from now on".formatted(context.name());
        output.done("you are %s%s, at %s: context %s, %s".formatted(caller.name(), role, context.address(), context.name(), use),
                json -> {
                    write(json, context);
                    json.text("role", caller.role() == null ? null : caller.role().word());
                }, context.name());
    }
}
