package dev.ganger.coordinator.security;

import dev.ganger.coordinator.security.Certifier.Life;
import dev.ganger.model.Bytes;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.Keys;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The coordinator's own authority: whom it certifies is known here, and nobody else is. */
public final class Authority {
    /** An agent's certificate lives so long at least. */
    public static final Duration LEAST_LIFE = Duration.ofSeconds(10);

    private static final Duration LIFE = Duration.ofDays(20 * 365L);
    private static final Duration LIFE_OF_SERVER = Duration.ofDays(90);
    private static final Duration LIFE_OF_USER = Duration.ofDays(365);
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final Duration AUTHORITY_BACKDATED = Duration.ofDays(1);
    /** Of its life a certificate is backdated by at most this part, so that its middle, when it is renewed, is yet to come. */
    private static final int BACKDATED_PART = 10;
    private static final int NAME_BYTES = 4;

    private final X509Certificate certificate;
    private final Certifier certifier;
    private final Fingerprint fingerprint;
    private final Duration lifeOfAgents;
    private final InstantSource clock;
    private final Credentials server;

    /** Throws IllegalArgumentException, in a sentence, if the key is not the certificate's. */
    Authority(X509Certificate certificate, PrivateKey key, Duration lifeOfAgents, InstantSource clock) {
        this.certificate = certificate;
        this.certifier = new Certifier(certificate, key);
        this.fingerprint = Fingerprint.of(certificate);
        this.lifeOfAgents = lifeOfAgents;
        this.clock = clock;
        if (certificate.getBasicConstraints() < 0 || !Certificates.isSignedBy(certificate, certificate)) {
            throw new IllegalArgumentException("the certificate is no authority's");
        }
        this.server = ofServer();
        if (!Certificates.isSignedBy(server.certificate(), certificate)) {
            throw new IllegalArgumentException("the key is not the one of the certificate");
        }
    }

    /** A certificate for a new authority with this key. */
    static X509Certificate certificate(KeyPair key, InstantSource clock) {
        var random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        var now = clock.instant();
        return Certifier.authority("Ganger authority " + Bytes.wrap(random).hex(),
                new Life(now.minus(AUTHORITY_BACKDATED), now.plus(LIFE)), key.getPublic(), key.getPrivate());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** By which joiners know it. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Those of the coordinator itself, with a key that was made at its start and is kept nowhere. */
    Credentials server() {
        return server;
    }

    private Credentials ofServer() {
        var key = Keys.generate();
        return new Credentials(certificate, certifier.server(life(LIFE_OF_SERVER), key.getPublic()), key.getPrivate());
    }

    /** The same key, for longer. */
    Credentials renewed(Credentials server) {
        return server.with(certifier.server(life(LIFE_OF_SERVER), server.certificate().getPublicKey()));
    }

    /** For an agent that joined, or renews. */
    public X509Certificate agent(String name, UUID instance, PublicKey key) {
        return certifier.client(name, Certificates.uri(Certificates.AGENT, instance).toString(), life(lifeOfAgents), key);
    }

    /** For a user who joined, or renews. */
    public X509Certificate user(String name, UUID identity, PublicKey key) {
        return certifier.client(name, Certificates.uri(Certificates.USER, identity).toString(), life(LIFE_OF_USER), key);
    }

    /** Whether the authority itself ends before a user's certificate would. */
    boolean nearsItsEnd() {
        return clock.instant().plus(LIFE_OF_USER).isAfter(end());
    }

    private Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    private Life life(Duration length) {
        var now = clock.instant();
        var part = length.dividedBy(BACKDATED_PART);
        var end = now.plus(length);
        return new Life(now.minus(part.compareTo(BACKDATED) < 0 ? part : BACKDATED), end.isBefore(end()) ? end : end());
    }

    /** Milliseconds since 1970. */
    long now() {
        return clock.millis();
    }

    /** As people read it. */
    static String day(long millis) {
        return Instant.ofEpochSecond(TimeUnit.MILLISECONDS.toSeconds(millis)).toString();
    }
}
