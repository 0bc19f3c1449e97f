package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Private and public keys: EC on P-256, everywhere. */
public final class Keys {
    private static final String ALGORITHM = "EC";

    private Keys() {}

    public static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** From DER; throws IllegalArgumentException, in a sentence, for what is none. */
    public static PrivateKey readPrivate(Bytes der) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der.toByteArray()));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("this is no private key: " + wrong.getMessage(), wrong);
        }
    }

    /** From DER; throws IllegalArgumentException, in a sentence, for what is none on P-256. */
    public static PublicKey readPublic(Bytes der) {
        try {
            var key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der.toByteArray()));
            if (!Certificates.isAccepted(key)) {
                throw new IllegalArgumentException("a public key is on the curve P-256");
            }
            return key;
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("this is no public key: " + wrong.getMessage(), wrong);
        }
    }

    /** By which a public key is known without being kept: the SHA-256 of its DER. */
    public static Bytes hash(PublicKey key) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
