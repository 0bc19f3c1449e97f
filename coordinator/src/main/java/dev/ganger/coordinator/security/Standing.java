package dev.ganger.coordinator.security;

import dev.ganger.coordinator.core.Identity;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Somebody who joined, with the calls it has open. */
final class Standing {
    private final Identity identity;
    private final Caller caller;
    private final Set<GuardedCall<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile long renewedUntil;
    private volatile @Nullable Status ended;

    Standing(Identity identity) {
        this.identity = identity;
        this.caller = switch (identity) {
            case Identity.OfAgent agent -> new Caller.Agent(agent.instance(), agent.name());
            case Identity.OfUser user -> new Caller.User(user.identity(), user.name(), user.role());
        };
    }

    Identity identity() {
        return identity;
    }

    Caller caller() {
        return caller;
    }

    /** Whether the other means nothing new for calls that are open. */
    boolean isStill(Identity other) {
        return caller.equals(new Standing(other).caller) && identity.keyHash().equals(other.keyHash());
    }

    /** A call begins; it ends at once if it came too late. */
    void begin(GuardedCall<?, ?> call) {
        open.add(call);
        var status = ended;
        if (status != null) {
            call.end(status);
        }
    }

    void finish(GuardedCall<?, ?> call) {
        open.remove(call);
    }

    /** It is nobody any more. */
    void end(Status status) {
        ended = status;
        open.forEach(call -> call.end(status));
    }

    /** The key was certified for longer: who proved to have it need not prove it again. */
    void renew(long until) {
        renewedUntil = Math.max(renewedUntil, until);
    }

    /** Until when its key is good, in milliseconds since 1970, if a certificate says so much. */
    long goodUntil(long expiresAt) {
        return Math.max(renewedUntil, expiresAt);
    }
}
