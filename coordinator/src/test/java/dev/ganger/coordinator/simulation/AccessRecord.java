package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.core.Views;
import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Token;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** What the simulation itself wrote down about tokens and identities. */
final class AccessRecord {
    private final Map<String, Entry> tokens = new LinkedHashMap<>();
    private final Map<UUID, Identity> identities = new HashMap<>();
    private final Set<Identity> ever = new HashSet<>();
    private final Set<UUID> removed = new HashSet<>();

    private static final class Entry {
        private final Token token;
        private int used;
        private boolean revoked;
        private @Nullable Instant over;

        Entry(Token token) {
            this.token = token;
        }
    }

    void apply(Event event) {
        switch (event) {
            case Event.TokenCreated created -> tokens.put(created.token().id(), new Entry(created.token()));
            case Event.TokenRevoked revoked -> {
                var entry = entry(revoked.id());
                entry.revoked = true;
                entry.over = revoked.at();
            }
            case Event.TokenForgotten forgotten -> forgotten(entry(forgotten.id()));
            case Event.IdentityJoined joined -> joined(joined.identity(), joined.uses());
            case Event.UserRemoved gone -> gone.logins().forEach(this::removed);
            case Event.AgentRemoved gone -> removed(gone.agent().instance());
            default -> {
            }
        }
    }

    private Entry entry(String id) {
        var entry = tokens.get(id);
        unless(entry != null, "nobody is let in without a token", "%s", id);
        return Objects.requireNonNull(entry);
    }

    private void forgotten(Entry entry) {
        unless(entry.over != null || entry.token.expiresAt() != null, "a token is kept until it is over", "%s", entry.token);
        tokens.remove(entry.token.id());
    }

    private void joined(Identity identity, boolean uses) {
        var entry = entry(identity.token());
        var token = entry.token;
        var at = identity.joinedAt();
        unless(!entry.revoked && (token.expiresAt() == null || at.isBefore(token.expiresAt())),
                "a token that is over lets nobody in", "%s: %s", token, identity);
        unless(!removed.contains(identity.id()), "who was removed is nobody for ever", "%s", identity);
        unless(fits(token.admission(), identity), "a token lets in whom it is for", "%s: %s", token, identity);
        var before = identities.put(identity.id(), identity);
        var again = before != null && before.token().equals(token.id()) && before.keyHash().equals(identity.keyHash());
        unless(uses != again, "who asks again uses nothing up, and everybody else does", "%s after %s", identity, before);
        ever.add(identity);
        if (uses) {
            unless(token.uses() == 0 || entry.used < token.uses(), "a use of a token is used once", "%s: %s", token, identity);
            entry.used++;
            entry.over = entry.used == token.uses() ? at : entry.over;
        }
    }

    private static boolean fits(Admission admission, Identity identity) {
        return switch (admission) {
            case Admission.OfAgent(var name, var labels) -> identity instanceof Identity.OfAgent agent
                    && (name.isEmpty() || name.equals(agent.name())) && labels.equals(agent.labels());
            case Admission.OfUser(var name, var role) -> identity instanceof Identity.OfUser user && name.equals(user.name())
                    && role == user.role();
        };
    }

    private void removed(UUID id) {
        identities.remove(id);
        removed.add(id);
    }

    /** Whether somebody came in with this key, as an acknowledgement says. */
    boolean knows(Identity identity, Bytes key) {
        return identity.keyHash().equals(key) && ever.contains(identity);
    }

    void check(Views views) {
        var found = new HashMap<UUID, Identity>();
        views.identities().forEach(identity -> found.put(identity.id(), identity));
        unless(found.equals(identities), "who joined is known until it is removed", "%s, not %s", found, identities);
        for (var token : views.tokens()) {
            var entry = entry(token.id());
            unless(token.used() == entry.used && (token.revokedAt() != null) == entry.revoked,
                    "a token is what was made of it", "%s, used %d times, revoked: %s", token, entry.used, entry.revoked);
        }
        unless(views.tokens().size() == tokens.size(), "a token is what was made of it", "%d, not %d", views.tokens().size(),
                tokens.size());
    }
}
