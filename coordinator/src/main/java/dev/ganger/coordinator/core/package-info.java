/**
 * The pure heart of the coordinator: a command is decided reading the state, its events are applied to the state. No io, no threads,
 * no clock, no randomness, no protobuf.
 */
@NullMarked
package dev.ganger.coordinator.core;

import org.jspecify.annotations.NullMarked;
