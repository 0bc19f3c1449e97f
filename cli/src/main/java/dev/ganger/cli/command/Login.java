package dev.ganger.cli.command;

import dev.ganger.cli.client.Caller;
import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Destination;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.Reconnect;
import dev.ganger.model.Bytes;
import dev.ganger.trust.Context;
import dev.ganger.trust.Contexts;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.Keys;
import dev.ganger.trust.Pem;
import dev.ganger.trust.TokenLine;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A context in the making. Until it works it stands beside the others under a name that is none, with a key that stays the same when the
 * login is tried again: the coordinator gives the same key another certificate, and a token is not used up by an answer that was lost.
 */
final class Login {
    private static final String PUBLIC = "identity.pub";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final String PRIVATE = "identity.key";

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

    /** Becomes somebody, and tells who. */
    Caller join(Address address) throws IOException {
        var credentials = certified(address);
        making.write(credentials);
        try (var coordinator = Coordinator.at(Destination.of(address, credentials, name), Reconnect.NEVER)) {
            return coordinator.access().whoAmI();
        }
    }

    private Credentials certified(Address address) throws IOException {
        var key = key();
        try (var coordinator = Coordinator.at(new Destination(address, new Trust.Pinned(token.authority()), ""),
                Reconnect.NEVER)) {
            return coordinator.access().join(token, key);
        } catch (Failure failure) {
            if (failure.kind() != Kind.UNREACHABLE && failure.kind() != Kind.INTERRUPTED) {
                delete(making.path());
            }
            throw failure;
        }
    }

    private KeyPair key() throws IOException {
        var known = making.text(PUBLIC);
        var own = making.text(PRIVATE);
        if (known != null && own != null) {
            return new KeyPair(Keys.readPublic(Pem.read(PUBLIC_KEY, known)), Keys.readPrivate(Pem.read(Pem.PRIVATE_KEY, own)));
        }
        var key = Keys.generate();
        making.write(PRIVATE, Pem.text(Pem.PRIVATE_KEY, Bytes.wrap(key.getPrivate().getEncoded())));
        making.write(PUBLIC, Pem.text(PUBLIC_KEY, Bytes.wrap(key.getPublic().getEncoded())));
        return key;
    }

    /** It works: now it takes its name, and the place of what had it. */
    Context settle(List<String> addresses) throws IOException {
        var context = contexts.create(name);
        var old = making.path().resolveSibling(making.path().getFileName() + ".old");
        delete(old);
        Files.delete(making.path().resolve(PUBLIC));
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
