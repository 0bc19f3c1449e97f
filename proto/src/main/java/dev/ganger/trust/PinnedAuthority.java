package dev.ganger.trust;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the coordinator whose authority has one fingerprint, and nobody else; what remains to be checked, the platform checks. */
public final class PinnedAuthority extends X509ExtendedTrustManager {
    private final Fingerprint fingerprint;

    public PinnedAuthority(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        manager(authority(chain)).checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
        manager(authority(chain)).checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        manager(authority(chain)).checkServerTrusted(chain, type);
    }

    /** The last of the chain that was sent. */
    private X509Certificate authority(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !Fingerprint.of(chain[chain.length - 1]).equals(fingerprint)) {
            throw new WrongAuthority();
        }
        return chain[chain.length - 1];
    }

    private static X509ExtendedTrustManager manager(X509Certificate authority) throws CertificateException {
        try {
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("authority", authority);
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException impossible) {
            throw new CertificateException(impossible);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side is no coordinator");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
        throw new CertificateException("this side is no coordinator");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this side is no coordinator");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** The other side is another coordinator than the one that is trusted. */
    public static final class WrongAuthority extends CertificateException {
        private static final long serialVersionUID = 1;

        WrongAuthority() {
            super("the coordinator has another authority than the one that is trusted here");
        }
    }
}
