package dev.ganger.cli.client;

import dev.ganger.model.Result;

/**
 * A result that was handed out.
 *
 * @param missed how many positions before it the consumer had not read, and are no longer kept
 */
public record Taken(Result result, long missed) {}
