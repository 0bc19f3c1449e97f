package dev.ganger.coordinator.security;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has joined, for whoever asks, on any thread. It hears of changes before their replies leave: who was removed cannot do anything any more when
 * the one who removed it reads that it is done.
 */
public final class Directory {
    private final Map<UUID, Standing> standings = new ConcurrentHashMap<>();
    /** Why installations of agents are nobody any more. */
    private final Map<UUID, String> removed = new ConcurrentHashMap<>();

    /** To be made after the core was started, and before anybody is served. */
    public static Directory of(Core core) {
        var directory = new Directory();
        core.watch(new Topic.Access(), directory::heard);
        // On the loop's thread, as what is heard.
        core.read(views -> {
            views.identities().forEach(directory::join);
            views.removals().forEach(directory::remove);
            return true;
        }).join();
        return directory;
    }

    private void heard(List<Event> events) {
        for (var event : events) {
            switch (event) {
                case Event.IdentityJoined joined -> join(joined.identity());
                case Event.UserRemoved removed -> removed.logins().forEach(identity -> end(identity,
                        Status.PERMISSION_DENIED.withDescription("user '%s' was removed".formatted(removed.name()))));
                case Event.AgentRemoved removed -> remove(removed);
                default -> {
                }
            }
        }
    }

    private void join(Identity identity) {
        var known = standings.get(identity.id());
        if (known == null || !known.isStill(identity)) {
            standings.put(identity.id(), new Standing(identity));
            if (known != null) {
                known.end(Status.ABORTED.withDescription(identity.name() + " has joined anew"));
            }
        }
    }

    private void remove(Event.AgentRemoved agent) {
        removed.put(agent.agent().instance(), agent.sentence());
        end(agent.agent().instance(), Status.PERMISSION_DENIED.withDescription(agent.sentence()));
    }

    /** Why somebody is not known any more; null if that is not known either. */
    @Nullable
    String farewell(UUID id) {
        return removed.get(id);
    }

    private void end(UUID id, Status status) {
        var known = standings.remove(id);
        if (known != null) {
            known.end(status);
        }
    }

    /** A longer certificate was made for the key of this one. */
    public void renewed(Peer.Shown shown, long until) {
        var standing = of(shown);
        if (standing != null) {
            standing.renew(until);
        }
    }

    /** Null if nobody is known by a certificate. */
    @Nullable
    Standing of(Peer.Shown shown) {
        var standing = standings.get(shown.id());
        return standing != null && standing.identity() instanceof Identity.OfAgent == shown.agent()
                && standing.identity().keyHash().equals(shown.keyHash()) ? standing : null;
    }
}
