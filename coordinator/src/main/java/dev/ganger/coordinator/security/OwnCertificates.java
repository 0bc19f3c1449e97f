package dev.ganger.coordinator.security;

import dev.ganger.trust.Certificates;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets peers through the handshake whose certificate the authority signed for a client. One that has expired passes, as it may be good for
 * renewal; what it is good for the gate decides.
 */
final class OwnCertificates extends X509ExtendedTrustManager {
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private final Authority authority;

    OwnCertificates(Authority authority) {
        this.authority = authority;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("there is no certificate");
        }
        var certificate = chain[0];
        check(certificate);
        if (certificate.getExtendedKeyUsage() == null || !certificate.getExtendedKeyUsage().contains(CLIENT)) {
            throw new CertificateException("this certificate is not for clients");
        }
        if (!Certificates.isAccepted(certificate.getPublicKey())) {
            throw new CertificateException("the key of this certificate is not on the curve P-256");
        }
    }

    /** All of PKIX but revocation, which is the gate's; at a time before the certificate's end. */
    private void check(X509Certificate certificate) throws CertificateException {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(Math.min(authority.now(), certificate.getNotAfter().getTime())));
            CertPathValidator.getInstance("PKIX").validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        } catch (GeneralSecurityException not) {
            throw new CertificateException("this coordinator's authority did not sign this certificate: " + not.getMessage(),
                    not);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this side is the coordinator");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[]{authority.certificate()};
    }
}
