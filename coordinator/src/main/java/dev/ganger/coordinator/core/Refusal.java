package dev.ganger.coordinator.core;

/** Why a command was not accepted: a value, with one sentence for people. */
public record Refusal(Kind kind, String text) {

    /** What a client can do about it. */
    public enum Kind {
        /** The request is wrong. */
        INVALID,
        /** There is no such thing. */
        NOT_FOUND,
        /** The queue is full. */
        FULL,
        /** Somebody else has the name or the key. */
        CONFLICT,
        /** The state forbids it for now. */
        NOT_NOW,
        /** Somebody has decided that it may not. */
        FORBIDDEN,
        /** Who asks has shown nothing that lets it in. */
        NOT_ADMITTED
    }
}
