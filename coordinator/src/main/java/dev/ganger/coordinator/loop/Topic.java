package dev.ganger.coordinator.loop;

import java.util.UUID;

/** What one can hear about. */
public sealed interface Topic {
    /** Everything that an agent must know, by its installation. */
    record OfAgent(UUID instance) implements Topic {}

    /** Every change of a job. */
    record OfJob(long job) implements Topic {}

    /** What becomes of a submit. */
    record OfDraft(UUID draft) implements Topic {}

    /** New results, of any job. */
    record Results() implements Topic {}

    /** Jobs that are no longer kept. */
    record Forgotten() implements Topic {}

    /** Who may come in: tokens, and identities that come and end, agents that are removed included. */
    record Access() implements Topic {}

    /** STOP, agents that come and go, and what they report too late. */
    record Agents() implements Topic {}
}
