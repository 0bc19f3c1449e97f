/** The pure heart of the agent: what it hears becomes actions. No io, no threads, no clock, no randomness, no protobuf. */
@NullMarked
package dev.ganger.agent.core;

import org.jspecify.annotations.NullMarked;
