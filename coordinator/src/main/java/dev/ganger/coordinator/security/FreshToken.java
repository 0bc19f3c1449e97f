package dev.ganger.coordinator.security;

import dev.ganger.coordinator.core.Command;
import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.trust.TokenLine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that is drawn; its secret is handed out once and kept as a hash.
 *
 * @param id names it: short, as people type it, and unlikely to be drawn twice
 */
public record FreshToken(String id, Bytes secret, Admission admission) {
    private static final int ID_BYTES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    public FreshToken(Admission admission) {
        this(random(ID_BYTES).hex(), random(TokenLine.SECRET_BYTES), admission);
    }

    private static Bytes random(int size) {
        var bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /** Makes it known. */
    public Command.CreateToken command(int uses, @Nullable Instant expiresAt, String by) {
        return new Command.CreateToken(id, hash(secret), admission, uses, expiresAt, false, by);
    }

    /** Makes it known, for this machine only, and for ever. */
    Command.CreateToken local(int uses, String by) {
        return new Command.CreateToken(id, hash(secret), admission, uses, null, true, by);
    }

    /** What is kept of a secret. */
    public static Bytes hash(Bytes secret) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(secret.toByteArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What is handed to who shall join. */
    public TokenLine line(Authority authority, String address) {
        return switch (admission) {
            case Admission.OfAgent agent ->
                new TokenLine(TokenLine.Kind.AGENT, address, authority.fingerprint(), id, secret, agent.name());
            case Admission.OfUser _ -> new TokenLine(TokenLine.Kind.USER, address, authority.fingerprint(), id, secret, "");
        };
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
