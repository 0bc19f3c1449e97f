package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority for tests, which certifies whatever it is asked for. */
public final class TestAuthority {
    private final KeyPair keys = Keys.generate();
    private final X509Certificate certificate = make(new X500Name("CN=test authority"), keys.getPublic(), anHourAgo(),
            Duration.ofDays(365),
            null, null);

    public X509Certificate certificate() {
        return certificate;
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** What a coordinator shows. */
    public Credentials coordinator() {
        return coordinator(anHourAgo());
    }

    /** What a coordinator shows whose certificate is good for a day from then. */
    public Credentials coordinator(Instant from) {
        var own = Keys.generate();
        return new Credentials(certificate, make(new X500Name("CN=coordinator"), own.getPublic(), from, Duration.ofDays(1),
                new GeneralName(GeneralName.dNSName, Certificates.COORDINATOR), KeyPurposeId.id_kp_serverAuth), own.getPrivate());
    }

    /** What a user shows whose certificate lives, or lived, from an hour ago for so long. */
    public Credentials user(String name, Duration life) {
        var own = Keys.generate();
        return new Credentials(certificate, user(name, own.getPublic(), life), own.getPrivate());
    }

    public X509Certificate user(String name, PublicKey key, Duration life) {
        return client(name, Certificates.USER, UUID.nameUUIDFromBytes(key.getEncoded()), life, key);
    }

    /** What an agent shows whose certificate lives, or lived, from an hour ago for so long. */
    public Credentials agent(String name, UUID instance, Duration life) {
        var own = Keys.generate();
        return new Credentials(certificate, agent(name, instance, life, own.getPublic()), own.getPrivate());
    }

    public X509Certificate agent(String name, UUID instance, Duration life, PublicKey key) {
        return client(name, Certificates.AGENT, instance, life, key);
    }

    private X509Certificate client(String name, String kind, UUID id, Duration life, PublicKey key) {
        return make(new X500Name("CN=" + name), key, anHourAgo(), life,
                new GeneralName(GeneralName.uniformResourceIdentifier, kind + id), KeyPurposeId.id_kp_clientAuth);
    }

    private X509Certificate make(X500Name name, PublicKey key, Instant from, Duration life,
            @Nullable GeneralName alternative,
            @Nullable KeyPurposeId purpose) {
        try {
            var builder = new JcaX509v3CertificateBuilder(new X500Name("CN=test authority"),
                    new BigInteger(Long.SIZE, new SecureRandom()).add(BigInteger.ONE), Date.from(from),
                    Date.from(from.plus(life)), name, key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
            }
            var made = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
            return Certificates.read(Bytes.of(made.getEncoded()));
        } catch (OperatorCreationException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }
}
