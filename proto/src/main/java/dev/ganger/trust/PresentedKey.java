package dev.ganger.trust;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows credentials at each handshake: those of the moment, as certificates are renewed while connections are kept. */
public final class PresentedKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "ganger";

    private volatile Supplier<Credentials> source;

    public PresentedKey(Credentials credentials) {
        this(() -> credentials);
    }

    /** Asks for them each time; all that it gets must have the same key. */
    public PresentedKey(Supplier<Credentials> source) {
        this.source = source;
    }

    public Credentials credentials() {
        return source.get();
    }

    /** From now on shows these. */
    public void show(Credentials renewed) {
        source = () -> renewed;
    }

    @Override
    public X509Certificate[] getCertificateChain(@Nullable String alias) {
        var present = credentials();
        return new X509Certificate[]{present.certificate(), present.authority()};
    }

    @Override
    public PrivateKey getPrivateKey(@Nullable String alias) {
        return credentials().key();
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return new String[]{ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
        return new String[]{ALIAS};
    }

    @Override
    public String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }
}
