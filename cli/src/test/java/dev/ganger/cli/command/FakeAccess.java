package dev.ganger.cli.command;

import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.model.Token;
import dev.ganger.model.User;
import dev.ganger.trust.TestAuthority;
import dev.ganger.trust.TokenLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may come in to the fake coordinator. */
final class FakeAccess {
    static final Duration YEAR = Duration.ofDays(365);

    /** How long what it signs is valid. */
    Duration life = YEAR;
    /** How many more joins are answered by a connection that breaks. */
    int breakingJoins;
    /** How many more questions who one is are. */
    int breakingQuestions;
    final TestAuthority authority = new TestAuthority();
    final Map<String, Token> tokens = new TreeMap<>();
    final List<User> users = new ArrayList<>();
    final Set<String> removed = new HashSet<>();
    /** The keys that joined, by token. */
    final Map<String, Set<Bytes>> joined = new HashMap<>();
    private final Map<String, TokenLine> lines = new HashMap<>();

    synchronized TokenLine create(Admission admission, int uses, Duration expires, String address) {
        var id = "t" + (tokens.size() + 1);
        tokens.put(id, new Token(id, admission, uses, 0, Instant.now().plus(expires), false, Instant.now(), "admin", null));
        var kind = admission instanceof Admission.OfAgent ? TokenLine.Kind.AGENT : TokenLine.Kind.USER;
        var name = admission instanceof Admission.OfAgent agent ? agent.name() : "";
        var line = new TokenLine(kind, address, authority.fingerprint(), id, Bytes.wrap(new byte[TokenLine.SECRET_BYTES]), name);
        lines.put(id, line);
        return line;
    }

    /** A word that lets this user in once. */
    String userToken(String name, Role role, String address) {
        return create(new Admission.OfUser(name, role), 1, Duration.ofHours(1), address).word();
    }

    synchronized boolean revoke(String id) {
        return tokens.computeIfPresent(id, (_, token) -> new Token(id, token.admission(), token.uses(), token.used(),
                token.expiresAt(), token.local(), token.createdAt(), token.createdBy(), Instant.now())) != null;
    }

    /** Null: this key may not. */
    synchronized @Nullable Token use(String id, Bytes key) {
        var token = tokens.get(id);
        var keys = joined.computeIfAbsent(id, _ -> new HashSet<>());
        if (token == null || token.revokedAt() != null || !keys.contains(key) && token.used() >= token.uses()) {
            return null;
        }
        if (keys.add(key)) {
            tokens.put(id, new Token(id, token.admission(), token.uses(), token.used() + 1, token.expiresAt(), token.local(),
                    token.createdAt(), token.createdBy(), null));
            if (token.admission() instanceof Admission.OfUser(var name, var role)) {
                users.add(new User(name, role, UUID.nameUUIDFromBytes(key.toByteArray()), Instant.now(), id));
            }
        }
        return token;
    }

    synchronized @Nullable Role role(String user) {
        return users.stream().filter(each -> each.name().equals(user)).map(User::role).findFirst().orElse(null);
    }

    synchronized int remove(String user) {
        removed.add(user);
        var before = users.size();
        users.removeIf(each -> each.name().equals(user));
        return before - users.size();
    }
}
