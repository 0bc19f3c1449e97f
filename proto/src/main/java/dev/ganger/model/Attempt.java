package dev.ganger.model;

import org.jspecify.annotations.Nullable;

/**
 * One try as people see it.
 *
 * @param run what is known of it, without output; null while it has not started
 */
public record Attempt(int number, String agent, TaskState state, @Nullable Run run) {}
