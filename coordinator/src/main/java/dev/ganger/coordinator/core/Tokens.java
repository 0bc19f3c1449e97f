package dev.ganger.coordinator.core;

import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Token;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one may join with, and, for a while, what one could. */
final class Tokens {
    /** The oldest first. */
    private final Map<String, Kept> byId = new LinkedHashMap<>();
    /** Those that have an end, known or to come, by that. */
    private final NavigableSet<Ending> endings = new TreeSet<>();

    /** A token with what is never shown. */
    record Kept(Token token, Bytes secretHash, @Nullable Instant lastUsedAt) {
        boolean isUsedUp() {
            return token.uses() > 0 && token.used() >= token.uses();
        }

        /** Since when, or from when on, nobody else can join with it; null: no end is known. */
        @Nullable
        Instant endsAt() {
            return Stream.of(token.revokedAt(), token.expiresAt(), isUsedUp() ? lastUsedAt : null).filter(Objects::nonNull)
                    .min(Comparator.naturalOrder()).orElse(null);
        }

        boolean isOver(Instant at) {
            var end = endsAt();
            return end != null && !at.isBefore(end);
        }
    }

    private record Ending(Instant at, String id) implements Comparable<Ending> {
        private static final Comparator<Ending> ORDER = Comparator.comparing(Ending::at).thenComparing(Ending::id);

        @Override
        public int compareTo(Ending other) {
            return ORDER.compare(this, other);
        }
    }

    // ---- reading

    @Nullable
    Kept of(String id) {
        return byId.get(id);
    }

    Collection<Kept> all() {
        return byId.values();
    }

    /** The one that is over, or will be, before all others; null if none will ever be. */
    @Nullable
    Kept firstToEnd() {
        return endings.isEmpty() ? null : byId.get(endings.first().id());
    }

    /** Those that somebody can still join with because of a user: as the user, or with a token that the user made and may have kept. */
    List<Token> open(String user, Instant at) {
        return byId.values().stream().filter(kept -> !kept.isOver(at)).map(Kept::token)
                .filter(token -> isFor(token, user) || token.createdBy().equals(user) && !token.local()).toList();
    }

    private static boolean isFor(Token token, String user) {
        return token.admission() instanceof Admission.OfUser(var name, var _) && name.equals(user);
    }

    // ---- changing, by events only

    void create(Event.TokenCreated created) {
        put(new Kept(created.token(), created.secretHash(), created.lastUsedAt()));
    }

    void revoke(Event.TokenRevoked revoked) {
        var kept = must(revoked.id());
        put(new Kept(changed(kept.token(), kept.token().used(), revoked.at()), kept.secretHash(), kept.lastUsedAt()));
    }

    void use(Identity identity) {
        var kept = must(identity.token());
        put(new Kept(changed(kept.token(), kept.token().used() + 1, kept.token().revokedAt()), kept.secretHash(),
                identity.joinedAt()));
    }

    void forget(String id) {
        drop(byId.remove(id));
    }

    private static Token changed(Token token, int used, @Nullable Instant revokedAt) {
        return new Token(token.id(), token.admission(), token.uses(), used, token.expiresAt(), token.local(), token.createdAt(),
                token.createdBy(), revokedAt);
    }

    private void put(Kept kept) {
        drop(byId.put(kept.token().id(), kept));
        var end = kept.endsAt();
        if (end != null) {
            endings.add(new Ending(end, kept.token().id()));
        }
    }

    private void drop(@Nullable Kept kept) {
        var end = kept == null ? null : kept.endsAt();
        if (kept != null && end != null) {
            endings.remove(new Ending(end, kept.token().id()));
        }
    }

    private Kept must(String id) {
        var kept = byId.get(id);
        if (kept == null) {
            throw new AssertionError("no token " + id);
        }
        return kept;
    }

    void snapshot(List<Event.Durable> events) {
        byId.values().forEach(kept -> events.add(new Event.TokenCreated(kept.token(), kept.secretHash(), kept.lastUsedAt())));
    }
}
