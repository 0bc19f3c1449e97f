package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** By which an authority is known before it is trusted: the SHA-256 of its certificate. */
public record Fingerprint(Bytes digest) {
    static final int BYTES = 32;
    private static final int SHORT = 8;

    public Fingerprint {
        if (digest.size() != BYTES) {
            throw new IllegalArgumentException("a fingerprint has %d bytes, not %d".formatted(BYTES, digest.size()));
        }
    }

    public static Fingerprint of(X509Certificate certificate) {
        try {
            return new Fingerprint(Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Its first digits, for names. */
    public String shortened() {
        return toString().substring(0, SHORT);
    }

    @Override
    public String toString() {
        return digest.hex();
    }
}
