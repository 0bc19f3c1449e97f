package dev.ganger.agent.core;

import java.time.Instant;

/**
 * When something is heard.
 *
 * @param now milliseconds, monotonic: all waiting is counted in it
 * @param at  the wall clock, only shown
 */
public record Moment(long now, Instant at) {}
