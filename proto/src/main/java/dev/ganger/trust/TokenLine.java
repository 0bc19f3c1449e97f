package dev.ganger.trust;

import dev.ganger.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * What is handed to who shall join, as one word: where the coordinator is, by what its authority is known, and the secret. The checksum tells a
 * word that was cut or mistyped from one that is refused.
 *
 * @param address     HOST:PORT of the coordinator
 * @param id          the public part
 * @param secret      32 random bytes
 * @param name        the only name that an agent may join under; empty: any
 */
public record TokenLine(Kind kind, String address, Fingerprint authority, String id, Bytes secret, String name) {
    public static final int SECRET_BYTES = 32;
    private static final byte VERSION = 1;
    private static final int MOST_BYTES = 255;

    /** Whom it lets in. */
    public enum Kind {
        AGENT("ganger-agent-"), USER("ganger-user-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public TokenLine {
        if (secret.size() != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has %d bytes, not %d".formatted(SECRET_BYTES, secret.size()));
        }
    }

    /** Throws IllegalArgumentException, in a sentence that does not repeat the secret, for what is no token or a damaged one. */
    public static TokenLine parse(String word) {
        for (var kind : Kind.values()) {
            if (word.startsWith(kind.prefix)) {
                try {
                    return read(kind, Base64.getUrlDecoder().decode(word.substring(kind.prefix.length())));
                } catch (IllegalArgumentException | BufferUnderflowException damaged) {
                    throw new IllegalArgumentException("this token is damaged: was all of it copied?", damaged);
                }
            }
        }
        throw new IllegalArgumentException("this is no token: one begins with '" + Kind.AGENT.prefix + "' or '" + Kind.USER.prefix
                + "'; 'ganger token create' makes one");
    }

    private static TokenLine read(Kind kind, byte[] bytes) {
        var body = bytes.length - Integer.BYTES;
        var buffer = ByteBuffer.wrap(bytes);
        if (body < 1 || buffer.getInt(body) != checksum(bytes, body) || buffer.get() != VERSION) {
            throw new IllegalArgumentException("the checksum does not match");
        }
        var authority = new Fingerprint(take(buffer, Fingerprint.BYTES));
        var secret = take(buffer, SECRET_BYTES);
        return new TokenLine(kind, text(buffer), authority, text(buffer), secret, text(buffer));
    }

    private static Bytes take(ByteBuffer buffer, int size) {
        var bytes = new byte[size];
        buffer.get(bytes);
        return Bytes.wrap(bytes);
    }

    private static String text(ByteBuffer buffer) {
        return take(buffer, Byte.toUnsignedInt(buffer.get())).toString();
    }

    /** The word itself. */
    public String word() {
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.writeBytes(authority.digest().toByteArray());
        out.writeBytes(secret.toByteArray());
        for (var text : new String[]{address, id, name}) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("'%s' is too long for a token".formatted(text));
            }
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        var body = out.toByteArray();
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(checksum(body, body.length)).array());
        return kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Without the secret: this is logged. */
    @Override
    public String toString() {
        return kind.prefix + id + " for " + address;
    }
}
