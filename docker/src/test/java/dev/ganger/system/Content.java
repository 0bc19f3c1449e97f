package dev.ganger.system;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Lines of text, as their length and checksum. */
final class Content {
    private final MessageDigest digest;
    private long bytes;

    Content() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Expected that every Java knows SHA-256", e);
        }
    }

    static Told of(byte[] bytes) {
        var content = new Content();
        content.add(bytes);
        return content.told();
    }

    /** A line with its end. */
    void add(String line) {
        add((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private void add(byte[] some) {
        digest.update(some);
        bytes += some.length;
    }

    /** To be asked once. */
    Told told() {
        return new Told(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** As a result says it. */
    record Told(long bytes, String sha256) {}
}
