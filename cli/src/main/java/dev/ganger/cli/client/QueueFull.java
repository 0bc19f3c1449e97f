package dev.ganger.cli.client;

/**
 * The queue is full and a submit waits.
 *
 * @param queued tasks in the queue that are not final
 * @param ahead  jobs that wait in front
 */
public record QueueFull(long queued, long limit, long ahead) {}
