package dev.ganger.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it can be shown: without its secret.
 *
 * @param id        its public part
 * @param uses      how many may join with it; 0: any number
 * @param used      how many have
 * @param expiresAt null: never
 * @param local     good from the coordinator's own machine only
 * @param createdBy the user who made it
 * @param revokedAt null: it was not
 */
public record Token(String id, Admission admission, int uses, int used, @Nullable Instant expiresAt, boolean local,
        Instant createdAt, String createdBy, @Nullable Instant revokedAt) {}
