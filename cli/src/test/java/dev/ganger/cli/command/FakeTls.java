package dev.ganger.cli.command;

import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.PresentedKey;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The fake coordinator's side of TLS: asks for a certificate that its own authority signed, of whatever age. */
final class FakeTls extends X509ExtendedTrustManager {
    private final X509Certificate authority;

    private FakeTls(X509Certificate authority) {
        this.authority = authority;
    }

    static ServerCredentials credentials(Credentials own) {
        return TlsServerCredentials.newBuilder().keyManager(new PresentedKey(own)).trustManager(new FakeTls(own.authority()))
                .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL).build();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        if (!Certificates.isSignedBy(chain[0], authority)) {
            throw new CertificateException("not signed here");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
        throw new CertificateException("no socket here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no check without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws CertificateException {
        throw new CertificateException("this side is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this side is no client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[]{authority};
    }
}
