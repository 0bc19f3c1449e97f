package dev.ganger.cli.client;

import dev.ganger.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who the coordinator takes this program for.
 *
 * @param role null: no user
 */
public record Caller(String name, @Nullable Role role) {}
