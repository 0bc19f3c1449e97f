package dev.ganger.coordinator.security;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Command.Joiner;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Context;
import dev.ganger.trust.Contexts;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import dev.ganger.trust.TokenLine;
import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the user who starts a coordinator gets, so that two terminals on one machine just work: a context as an admin, and in it a token for
 * agents on this machine. Each start keeps what is good and makes the rest.
 */
public final class LocalAccess {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAccess.class);
    private static final String LOCAL = "local-";

    private final Core core;
    private final Protection.Tls tls;
    private final Contexts contexts;
    private final String user;

    /** For a user by this name. */
    public LocalAccess(Core core, Protection.Tls tls, Contexts contexts, String user) {
        this.core = core;
        this.tls = tls;
        this.contexts = contexts;
        this.user = user;
    }

    /** At these addresses, each HOST:PORT; what cannot be written is a warning, as others can be let in without it. */
    public void provide(List<String> addresses) {
        try {
            var context = contexts.create(LOCAL + tls.authority().fingerprint().shortened());
            provideIdentity(context);
            provideAgentToken(context, addresses.getFirst());
            context.setAddresses(addresses);
            takeFromOthers(context);
        } catch (IOException | IllegalArgumentException | IllegalStateException failure) {
            LOG.warn("{} gets no access on this machine by itself, as it cannot be written: {}", user, failure.toString());
        }
    }

    // ---- the admin

    private void provideIdentity(Context context) throws IOException {
        var kept = kept(context);
        var shown = kept == null ? null : Peer.shown(kept.certificate());
        var standing = shown == null ? null : tls.directory().of(shown);
        if (kept == null || standing == null || !(standing.identity() instanceof Identity.OfUser known)) {
            var key = Keys.generate();
            context.folder().write(credentials(join(key), key));
        } else if (tls.clock().instant().isAfter(kept.renewAt())) {
            context.folder().write(kept.with(
                    tls.authority().user(known.name(), known.identity(), kept.certificate().getPublicKey())));
        }
    }

    /** Null if there are none that could still count. */
    private @Nullable Credentials kept(Context context) {
        try {
            var kept = context.folder().read();
            return kept != null && kept.authority().equals(tls.authority().certificate())
                    && Certificates.isSignedBy(kept.certificate(), kept.authority()) ? kept : null;
        } catch (IOException damaged) {
            LOG.warn("{} is made anew: {}", context.folder().path(), damaged.getMessage());
            return null;
        }
    }

    private Credentials credentials(Identity identity, KeyPair key) {
        return new Credentials(tls.authority().certificate(),
                tls.authority().user(identity.name(), identity.id(), key.getPublic()), key.getPrivate());
    }

    /** As everybody does: with a token, which is used up by it. */
    private Identity join(KeyPair key) {
        var token = new FreshToken(new Admission.OfUser(user, Role.ADMIN));
        reply(token.local(1, user));
        return reply(new Command.Join(token.id(), FreshToken.hash(token.secret()), Keys.hash(key.getPublic()),
                new Joiner.AUser(UUID.randomUUID()), true)).identity();
    }

    // ---- agents

    private void provideAgentToken(Context context, String address) throws IOException {
        var kept = keptToken(context);
        if (kept != null && isOpen(kept.id())) {
            if (!kept.address().equals(address)) {
                context.setAgentToken(
                        new TokenLine(kept.kind(), address, kept.authority(), kept.id(), kept.secret(), kept.name()));
            }
            return;
        }
        var token = new FreshToken(new Admission.OfAgent("", new TreeMap<>()));
        reply(token.local(0, user));
        context.setAgentToken(token.line(tls.authority(), address));
    }

    private @Nullable TokenLine keptToken(Context context) throws IOException {
        var word = context.agentToken();
        try {
            var kept = word == null ? null : TokenLine.parse(word);
            return kept != null && kept.authority().equals(tls.authority().fingerprint()) ? kept : null;
        } catch (IllegalArgumentException damaged) {
            return null;
        }
    }

    private boolean isOpen(String id) {
        return core.read(views -> views.tokens().stream()
                .anyMatch(token -> token.id().equals(id) && token.local() && token.revokedAt() == null)).join();
    }

    // ---- both

    private <R> R reply(Command<R> command) {
        return switch (core.execute(command).join()) {
            case Outcome.Replied<R>(var reply) -> reply;
            case Outcome.Refused<R>(var refusal) -> throw new IllegalStateException(refusal.text());
        };
    }

    /** Another coordinator that was here once is not here now. */
    private void takeFromOthers(Context own) throws IOException {
        for (var other : contexts.all()) {
            if (other.name().startsWith(LOCAL) && !other.name().equals(own.name())) {
                var left = new ArrayList<String>();
                for (var address : other.addresses()) {
                    if (!own.isAt(address)) {
                        left.add(address);
                    }
                }
                if (left.size() < other.addresses().size()) {
                    other.setAddresses(left);
                }
            }
        }
    }
}
