package dev.ganger.coordinator.core;

import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who has joined and was not removed. */
final class Identities {
    /** Agents and users in one, so that nobody is both; who joined first is first. */
    private final Map<UUID, Identity> byId = new LinkedHashMap<>();
    private int users;

    // ---- reading

    @Nullable
    Identity of(UUID id) {
        return byId.get(id);
    }

    Collection<Identity> all() {
        return byId.values();
    }

    int users() {
        return users;
    }

    int agents() {
        return byId.size() - users;
    }

    /** Installations that joined under a name. */
    List<Identity.OfAgent> agents(String name) {
        return all(Identity.OfAgent.class).filter(agent -> agent.name().equals(name)).toList();
    }

    List<Identity.OfUser> logins(String name) {
        return all(Identity.OfUser.class).filter(user -> user.name().equals(name)).toList();
    }

    /** The login that was made with a token and a key. */
    Identity.@Nullable OfUser login(String token, Bytes keyHash) {
        return all(Identity.OfUser.class).filter(user -> user.token().equals(token) && user.keyHash().equals(keyHash))
                .findFirst().orElse(null);
    }

    /** Whether there is an admin with another name. */
    boolean hasAdminBeside(String name) {
        return all(Identity.OfUser.class).anyMatch(user -> user.role() == Role.ADMIN && !user.name().equals(name));
    }

    <I extends Identity> Stream<I> all(Class<I> kind) {
        return byId.values().stream().filter(kind::isInstance).map(kind::cast);
    }

    /** What an agent says of itself, with what was said of it when it joined: that counts more. */
    SortedMap<String, String> labels(UUID instance, SortedMap<String, String> own) {
        var labels = new TreeMap<>(own);
        if (byId.get(instance) instanceof Identity.OfAgent agent) {
            labels.putAll(agent.labels());
        }
        return labels;
    }

    // ---- changing, by events only

    void join(Identity identity) {
        if (byId.put(identity.id(), identity) == null && identity instanceof Identity.OfUser) {
            users++;
        }
    }

    void remove(UUID id) {
        if (byId.remove(id) instanceof Identity.OfUser) {
            users--;
        }
    }

    void snapshot(List<Event.Durable> events) {
        byId.values().forEach(identity -> events.add(new Event.IdentityJoined(identity, false)));
    }
}
