package dev.ganger.cli.client;

/**
 * The job is queued, durably.
 *
 * @param existed an earlier submit with the same key made it
 */
public record Accepted(long job, long tasks, boolean existed) {}
