package dev.ganger.cli.client;

/**
 * What was held.
 *
 * @param held    tasks that are held now and were not before
 * @param running tasks that an agent has: they go on, and are held should they come back
 */
public record Held(long held, long running) {}
