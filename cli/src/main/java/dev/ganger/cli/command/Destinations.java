package dev.ganger.cli.command;

import dev.ganger.cli.client.Destination;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.config.Origin;
import dev.ganger.config.Setting;
import dev.ganger.config.Source;
import dev.ganger.trust.Context;
import dev.ganger.trust.Contexts;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Which coordinator is meant, and who one is there: by what was said of both, and by the contexts of this user. */
final class Destinations {
    private static final String DEFAULT_COORDINATOR = "localhost:" + Address.DEFAULT_PORT;
    private static final String COORDINATOR = "coordinator";
    private static final String CONTEXT = "context";

    private final Contexts contexts;
    private final Path folder;

    /** In this user's folder of configuration. */
    Destinations(Path configuration) {
        this.contexts = Contexts.of(configuration);
        this.folder = configuration.resolve("contexts");
    }

    /**
     * What was chosen.
     *
     * @param context     null: there is none for this address
     * @param coordinator the address, with where it came from
     * @param named       the context, with where its name came from
     */
    record Choice(Address address, @Nullable Context context, Setting coordinator, Setting named) {}

    /** By what was said, each empty if it was not. */
    Choice choose(Setting address, Setting context) {
        try {
            return chosen(address, context);
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }

    static Failure unreadable(IOException problem) {
        return new Failure(Kind.FAILED, "the contexts cannot be read: " + problem.getMessage(), problem);
    }

    private Choice chosen(Setting address, Setting context) throws IOException {
        if (context.value().isEmpty() && address.value().isEmpty()) {
            return byDefault();
        }
        if (isNearer(address, context)) {
            var lists = contexts.find(Address.parse(address.value()).toString());
            if (lists != null || context.value().isEmpty()) {
                return at(address, lists);
            }
        }
        var named = named(contexts, context.value());
        return isNearer(context, address)
                ? whereItIs(named, context)
                : new Choice(Address.parse(address.value()), named, address, context);
    }

    /** In plain text there is no context. */
    Choice without(Setting address) {
        return at(address.value().isEmpty() ? byDefaultAddress() : address, null);
    }

    /** Where one could go instead, as the end of a sentence. */
    String otherwise() {
        try {
            var known = new ArrayList<String>();
            for (var context : contexts.all()) {
                var addresses = context.addresses();
                known.add(addresses.isEmpty() ? context.name() : context.name() + " at " + addresses.getFirst());
            }
            return known.isEmpty() ? "" : ", or choose one of your contexts with --context: " + String.join(", ", known);
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }

    /** A flag is nearer than a variable, and that than a file; whatever was said is nearer than what was not. */
    static boolean isNearer(Setting one, Setting other) {
        return distance(one) < distance(other);
    }

    private static int distance(Setting setting) {
        return setting.value().isEmpty() ? Integer.MAX_VALUE : switch (setting.origin().source()) {
            case FLAG -> 0;
            case VARIABLE -> 1;
            case FILE -> 2;
            case DEFAULT -> 3;
        };
    }

    private Choice byDefault() throws IOException {
        var current = contexts.current();
        if (current != null) {
            return whereItIs(current, setting(current.name(), folder.resolve("current")));
        }
        var local = contexts.find(DEFAULT_COORDINATOR);
        var all = contexts.all();
        if (local == null && all.size() == 1) {
            return whereItIs(all.getFirst(), setting(all.getFirst().name(), all.getFirst().folder().path()));
        }
        return at(byDefaultAddress(), local);
    }

    private static Setting byDefaultAddress() {
        return new Setting(COORDINATOR, DEFAULT_COORDINATOR, new Origin(Source.DEFAULT, ""));
    }

    private static Setting setting(String context, Path file) {
        return new Setting(CONTEXT, context, new Origin(Source.FILE, file.toString()));
    }

    private static Choice at(Setting address, @Nullable Context context) {
        return new Choice(Address.parse(address.value()), context, address, context == null
                ? new Setting(CONTEXT, "", new Origin(Source.DEFAULT, ""))
                : setting(context.name(), context.folder().path()));
    }

    private static Choice whereItIs(Context context, Setting named) throws IOException {
        var addresses = context.addresses();
        if (addresses.isEmpty()) {
            throw new Failure(Kind.NOT_FOUND,
                    "the context '%s' says no more where its coordinator is; give --coordinator too".formatted(context));
        }
        try {
            return new Choice(Address.parse(addresses.getFirst()), context, new Setting(COORDINATOR, addresses.getFirst(),
                    new Origin(Source.FILE, context.folder().path().resolve(COORDINATOR).toString())), named);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Kind.FAILED, context.folder().path().resolve(COORDINATOR) + ": " + wrong.getMessage(), wrong);
        }
    }

    static Context named(Contexts contexts, String name) {
        try {
            var context = contexts.named(name);
            if (context != null) {
                return context;
            }
        } catch (InvalidPathException unknown) {
            throw Failure.usage("the folder '" + name + "' cannot be named in this locale; set LC_ALL=C.UTF-8");
        }
        throw new Failure(Kind.NOT_FOUND, "there is no context '" + name + "'; 'ganger context list' shows those there are");
    }

    /** Where a context says, as who it says. */
    static Destination at(Context context) {
        try {
            return known(whereItIs(context, setting(context.name(), context.folder().path())).address(), context);
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }

    /** Throws a Failure if there is no certificate. */
    static Destination known(Address address, Context context) {
        try {
            var credentials = context.folder().read();
            if (credentials == null) {
                throw new Failure(Kind.NOT_ALLOWED,
                        "the context '%s' has no certificate; get a token from its admin and 'ganger login TOKEN'"
                                .formatted(context));
            }
            return Destination.of(address, credentials, context.name());
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }
}
