package dev.ganger.cli.command;

import dev.ganger.cli.client.Caller;
import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Destination;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.Reconnect;
import dev.ganger.trust.Context;
import dev.ganger.trust.Contexts;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.TokenLine;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A context in the making. Until it works it stands beside the others under a name that is none, with a key that stays the same when the
 * login is tried again: the coordinator gives the same key another certificate, and a token is not used up by an answer that was lost.
 */
final class Login {
    private final Contexts contexts;
    private final TokenLine token;
    private final String name;
    private final boolean first;
    private final CredentialFolder making;

    /** Refuses a name that is taken by another coordinator before anything is used up. */
    Login(Contexts contexts, TokenLine token, @Nullable String name) throws IOException {
        this.contexts = contexts;
        this.token = token;
        this.first = contexts.all().isEmpty() && contexts.current() == null;
        this.name = name == null ? name() : checked(name);
        this.making = new CredentialFolder(contexts.folder().resolve(".login-" + UUID.nameUUIDFromBytes(
                (token.authority() + token.id()).getBytes(StandardCharsets.UTF_8))));
    }

    private String checked(String wanted) throws IOException {
        var taken = contexts.named(Contexts.checked(wanted));
        if (taken != null && !isOurs(taken)) {
            throw Failure.usage(
                    "the context '%s' is that of another coordinator; choose another --name, or 'ganger context remove %1$s'"
                            .formatted(wanted));
        }
        return wanted;
    }

    /** As this coordinator's context is called already, unless that is the one of who runs it; else after its host. */
    private String name() throws IOException {
        for (var context : contexts.all()) {
            if (isOurs(context) && context.agentToken() == null) {
                return context.name();
            }
        }
        var host = Address.parse(token.address()).host().replaceAll("[^A-Za-z0-9_.@-]", "-").replaceFirst("^[.-]+", "");
        return host.isEmpty() || host.equals("current") || contexts.named(host) != null
                ? host + "-" + token.authority().shortened()
                : host;
    }

    private boolean isOurs(Context context) {
        try {
            var credentials = context.folder().read();
            return credentials != null && Fingerprint.of(credentials.authority()).equals(token.authority());
        } catch (IOException damaged) {
            return false;
        }
    }

    /** Becomes somebody, and tells who; what an attempt before has got is gone on with. */
    Caller join(Address address) throws IOException {
        try {
            var got = making.read();
            var credentials = got == null ? certified(address) : got;
            try (var coordinator = Coordinator.at(Destination.of(address, credentials, name), Reconnect.NEVER)) {
                return coordinator.access().whoAmI();
            }
        } catch (Failure failure) {
            if (failure.kind() != Kind.UNREACHABLE && failure.kind() != Kind.INTERRUPTED) {
                delete(making.path());
            }
            throw failure;
        }
    }

    private Credentials certified(Address address) throws IOException {
        var keys = making.keys();
        try (var coordinator = Coordinator.at(new Destination(address, new Trust.Pinned(token.authority()), ""),
                Reconnect.NEVER)) {
            var credentials = coordinator.access().join(token, keys);
            making.write(credentials);
            return credentials;
        }
    }

    /** It works: now it takes its name, and the place of what had it. */
    Context settle(List<String> addresses) throws IOException {
        var context = contexts.create(name);
        var old = making.path().resolveSibling(making.path().getFileName() + ".old");
        delete(old);
        Files.move(context.folder().path(), old);
        Files.move(making.path(), context.folder().path());
        delete(old);
        context.setAddresses(addresses);
        if (first) {
            contexts.use(name);
        }
        return context;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
