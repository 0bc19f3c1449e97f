package dev.ganger.cli.client;

/** What cancelling did: tasks that are cancelled now, and tasks that an agent is ending. */
public record Cancelled(long job, long cancelled, long ending) {}
