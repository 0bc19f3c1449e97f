package dev.ganger.cli.client;

import dev.ganger.trust.Credentials;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator, and who one is there.
 *
 * @param context what its owner calls it; empty: nothing
 */
public record Destination(Address address, Trust trust, String context) {
    /** In plain text, where nobody knows anybody. */
    public static Destination insecure(Address address) {
        return new Destination(address, new Trust.Nobody(), "");
    }

    /** When nobody knows any more who one is; null: this is not known by a certificate. */
    public @Nullable Instant expiresAt() {
        return trust instanceof Trust.Mutual(var key) ? key.credentials().expiresAt() : null;
    }

    /** By the clock of this machine. */
    boolean isExpired() {
        var end = expiresAt();
        return end != null && end.isBefore(Instant.now());
    }

    /** Where one shows these. */
    public static Destination of(Address address, Credentials credentials, String context) {
        return new Destination(address, new Trust.Mutual(credentials), context);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
