package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Refusal;

/** What the sender of a command hears: its reply, or why not. */
public sealed interface Outcome<R> {
    /** It was done, durably. */
    record Replied<R>(R reply) implements Outcome<R> {}

    /** It was not. */
    record Refused<R>(Refusal refusal) implements Outcome<R> {}
}
