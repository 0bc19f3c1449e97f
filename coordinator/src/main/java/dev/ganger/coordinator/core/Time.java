package dev.ganger.coordinator.core;

import java.time.Instant;

/**
 * The two times of one batch.
 *
 * @param now milliseconds since this coordinator took the lead, monotonic, never stored
 * @param at  the wall clock, stored and shown
 */
public record Time(long now, Instant at) {}
