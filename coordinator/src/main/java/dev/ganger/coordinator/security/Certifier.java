package dev.ganger.coordinator.security;

import dev.ganger.model.Bytes;
import dev.ganger.trust.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** Writes certificates (RFC 5280) and signs them: form by Bouncy Castle, keys and signatures by the JDK. */
final class Certifier {
    private static final ASN1ObjectIdentifier COMMON_NAME = new ASN1ObjectIdentifier("2.5.4.3");
    private static final ASN1ObjectIdentifier ECDSA_WITH_SHA256 = new ASN1ObjectIdentifier("1.2.840.10045.4.3.2");
    private static final int SERIAL_BITS = 128;
    /** Of the digest of a key, as RFC 7093 has it. */
    private static final int KEY_ID_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name issuer;
    private final PublicKey issuerKey;
    private final PrivateKey signer;

    /** When a certificate is good. */
    record Life(Instant from, Instant to) {}

    Certifier(X509Certificate authority, PrivateKey signer) {
        this(X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()), authority.getPublicKey(), signer);
    }

    private Certifier(X500Name issuer, PublicKey issuerKey, PrivateKey signer) {
        this.issuer = issuer;
        this.issuerKey = issuerKey;
        this.signer = signer;
    }

    /** Of an authority, signed by itself. */
    static X509Certificate authority(String name, Life life, PublicKey key, PrivateKey signer) {
        var certifier = new Certifier(name(name), key, signer);
        var form = certifier.form(certifier.issuer, life, key);
        add(form, Extension.basicConstraints, true, new BasicConstraints(0));
        add(form, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return certifier.signed(form);
    }

    /** Of the coordinator itself. */
    X509Certificate server(Life life, PublicKey key) {
        return leaf(Certificates.COORDINATOR, life, key, KeyPurposeId.id_kp_serverAuth,
                new GeneralName(GeneralName.dNSName, Certificates.COORDINATOR));
    }

    /** Of somebody who joined. */
    X509Certificate client(String name, String uri, Life life, PublicKey key) {
        return leaf(name, life, key, KeyPurposeId.id_kp_clientAuth, new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    private X509Certificate leaf(String name, Life life, PublicKey key, KeyPurposeId purpose, GeneralName alternative) {
        var form = form(name(name), life, key);
        add(form, Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(issuerKey)));
        add(form, Extension.basicConstraints, true, new BasicConstraints(false));
        add(form, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        add(form, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        add(form, Extension.subjectAlternativeName, false, new GeneralNames(alternative));
        return signed(form);
    }

    private X509v3CertificateBuilder form(X500Name subject, Life life, PublicKey key) {
        var form = new X509v3CertificateBuilder(issuer, new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
                Date.from(life.from()), Date.from(life.to()), subject, SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        add(form, Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key)));
        return form;
    }

    private static void add(X509v3CertificateBuilder form, ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
        try {
            form.addExtension(kind, critical, value);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static X500Name name(String text) {
        return new X500Name(new RDN[]{new RDN(new AttributeTypeAndValue(COMMON_NAME, new DERUTF8String(text)))});
    }

    private static byte[] keyId(PublicKey key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private X509Certificate signed(X509v3CertificateBuilder form) {
        try {
            return Certificates.read(Bytes.wrap(form.build(new Signing(signer)).getEncoded()));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** One signature. */
    private static final class Signing implements ContentSigner {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final PrivateKey key;

        Signing(PrivateKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(ECDSA_WITH_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                var signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(key);
                signature.update(content.toByteArray());
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
