package dev.ganger.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** What a peer shows: its certificate and key, and the authority that both sides trust. */
public record Credentials(X509Certificate authority, X509Certificate certificate, PrivateKey key) {
    /** How long after its end a certificate is good for one thing: to be renewed. */
    public static final Duration RENEWABLE = Duration.ofDays(30);

    /** The same key, certified for longer. */
    public Credentials with(X509Certificate renewed) {
        return new Credentials(authority, renewed, key);
    }

    /** Who the owner is, for people. */
    public String name() {
        return Certificates.name(certificate);
    }

    public Instant expiresAt() {
        return certificate.getNotAfter().toInstant();
    }

    /** The middle of its life: when it should be renewed. */
    public Instant renewAt() {
        var from = certificate.getNotBefore().toInstant();
        return from.plusMillis((expiresAt().toEpochMilli() - from.toEpochMilli()) / 2);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return name() + " until " + expiresAt();
    }
}
