package dev.ganger.cli.client;

import dev.ganger.model.Token;

/**
 * A token that was just made.
 *
 * @param line what is handed to the joiner, with the secret in it
 */
public record CreatedToken(Token token, String line) {}
