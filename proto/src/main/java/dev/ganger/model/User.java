package dev.ganger.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A login of a user: one certificate on one machine.
 *
 * @param identity the random id in the certificate
 * @param token    the id of the token it joined with
 */
public record User(String name, Role role, UUID identity, Instant joinedAt, String token) {}
