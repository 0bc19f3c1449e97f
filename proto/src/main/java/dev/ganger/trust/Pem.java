package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys and certificates as text (RFC 7468), so that other tools read them too. */
public final class Pem {
    public static final String CERTIFICATE = "CERTIFICATE";
    public static final String PUBLIC_KEY = "PUBLIC KEY";
    public static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final int LINE = 64;
    private static final byte[] NEWLINE = {'\n'};

    private Pem() {}

    public static String text(String label, Bytes der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(LINE, NEWLINE).encodeToString(der.toByteArray())
                + "\n-----END " + label + "-----\n";
    }

    /** What stands behind the first such label; throws IllegalArgumentException, in a sentence, if there is none. */
    public static Bytes read(String label, String text) {
        var begin = "-----BEGIN " + label + "-----";
        var from = text.indexOf(begin);
        var to = from < 0 ? -1 : text.indexOf("-----END " + label + "-----", from + begin.length());
        if (to < 0) {
            throw new IllegalArgumentException("there is no '" + begin + "' in it");
        }
        var body = text.substring(from + begin.length(), to).strip().getBytes(StandardCharsets.US_ASCII);
        return Bytes.wrap(Base64.getMimeDecoder().decode(body));
    }
}
