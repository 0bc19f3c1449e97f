package dev.ganger.cli.command;

import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.Keys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
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
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the certificates that a coordinator would make. */
final class FakeAuthority {
    static final Duration YEAR = Duration.ofDays(365);
    private static final X500Name NAME = new X500Name("CN=Ganger fake authority");

    private final KeyPair key = Keys.generate();
    final X509Certificate certificate = sign(NAME, key.getPublic(), Instant.now(), YEAR, null, null);

    Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** Of a coordinator, valid from then. */
    Credentials server(Instant from) {
        var own = Keys.generate();
        return new Credentials(certificate, sign(new X500Name("CN=coordinator"), own.getPublic(), from, Duration.ofDays(1),
                KeyPurposeId.id_kp_serverAuth, new GeneralName(GeneralName.dNSName, Certificates.COORDINATOR)), own.getPrivate());
    }

    /** Of a user, valid for so long from an hour ago. */
    Credentials user(String name, Duration life) {
        var own = Keys.generate();
        return new Credentials(certificate, user(name, own.getPublic(), life), own.getPrivate());
    }

    X509Certificate user(String name, PublicKey own, Duration life) {
        return sign(new X500Name("CN=" + name), own, Instant.now().minus(Duration.ofHours(1)), life,
                KeyPurposeId.id_kp_clientAuth, new GeneralName(GeneralName.uniformResourceIdentifier,
                        Certificates.uri(Certificates.USER, UUID.nameUUIDFromBytes(own.getEncoded())).toString()));
    }

    private X509Certificate sign(X500Name subject, PublicKey own, Instant from, Duration life,
            @org.jspecify.annotations.Nullable KeyPurposeId purpose, @org.jspecify.annotations.Nullable GeneralName name) {
        try {
            var builder = new JcaX509v3CertificateBuilder(NAME, BigInteger.valueOf(System.nanoTime()), Date.from(from),
                    Date.from(from.plus(life)), subject, own)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            if (name != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (java.io.IOException | java.security.GeneralSecurityException
                | org.bouncycastle.operator.OperatorCreationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
