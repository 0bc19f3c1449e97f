package dev.ganger.coordinator.security;

import io.grpc.Status;
import java.time.InstantSource;

/** Until when a call is good that was begun with a certificate. */
final class Expiry {
    private final Peer.Shown shown;
    private final Standing standing;
    private final InstantSource clock;
    private final long patienceMillis;
    private long until;

    /** So long after the certificate's end, it is still good. */
    Expiry(Peer.Shown shown, Standing standing, InstantSource clock, long patienceMillis) {
        this.shown = shown;
        this.standing = standing;
        this.clock = clock;
        this.patienceMillis = patienceMillis;
        this.until = standing.goodUntil(shown.expiresAt());
    }

    /** Asked for each message. */
    boolean isPast() {
        var now = clock.millis();
        if (now <= until + patienceMillis) {
            return false;
        }
        until = standing.goodUntil(shown.expiresAt());
        return now > until + patienceMillis;
    }

    Status status() {
        return Refusals.expired(shown, until, clock.millis());
    }
}
