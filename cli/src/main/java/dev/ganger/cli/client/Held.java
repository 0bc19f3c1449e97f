package dev.ganger.cli.client;

/**
 * What was held.
 *
 * @param held    tasks that are held now and were not before
 * @param running tasks that an agent has: what runs goes on, what has not started comes back and is held
 */
public record Held(long held, long running) {}
