package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What stands in certificates, and how they are read. */
public final class Certificates {
    /** The name in the coordinator's certificate, wherever it is: who trusts its authority need not trust names of hosts. */
    public static final String COORDINATOR = "coordinator.ganger";
    /** Begins the URI in an agent's certificate; its instance follows. */
    public static final String AGENT = "ganger:agent:";
    /** Begins the URI in a user's certificate; the id of its identity follows. */
    public static final String USER = "ganger:user:";

    private static final int URI_NAME = 6;
    private static final int P256_BITS = 256;

    private Certificates() {}

    /** From DER or PEM; throws IllegalArgumentException, in a sentence, for what is none. */
    public static X509Certificate read(Bytes encoded) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(encoded.toByteArray()));
        } catch (CertificateException wrong) {
            throw new IllegalArgumentException("this is no certificate: " + wrong.getMessage(), wrong);
        }
    }

    public static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Whose it is: the id behind the kind, for example of {@link #AGENT}; null if it is of another kind. */
    public static @Nullable UUID id(X509Certificate certificate, String kind) {
        for (var name : names(certificate)) {
            if (name.get(0).equals(URI_NAME) && name.get(1) instanceof String uri && uri.startsWith(kind)) {
                try {
                    return UUID.fromString(uri.substring(kind.length()));
                } catch (IllegalArgumentException malformed) {
                    return null;
                }
            }
        }
        return null;
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }

    /** The URI of an identity. */
    public static URI uri(String kind, UUID id) {
        return URI.create(kind + id);
    }

    /** The name of its owner, for people. */
    public static String name(X509Certificate certificate) {
        var name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        try {
            return new javax.naming.ldap.LdapName(name).getRdns().stream().filter(part -> part.getType().equals("CN"))
                    .map(part -> String.valueOf(part.getValue())).findFirst().orElse(name);
        } catch (javax.naming.InvalidNameException odd) {
            return name;
        }
    }

    /** Whether this is a public key that certificates are made for: EC on P-256. */
    public static boolean isAccepted(java.security.PublicKey key) {
        return key instanceof ECPublicKey ec && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS
                && ec.getParams().toString().contains("secp256r1");
    }

    /** Whether the authority signed it, in whatever time. */
    public static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException not) {
            return false;
        }
    }
}
