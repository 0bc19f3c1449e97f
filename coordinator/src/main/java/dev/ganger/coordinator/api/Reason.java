package dev.ganger.coordinator.api;

import dev.ganger.model.Limits;

/** Why somebody asks for something, in their words. */
final class Reason {
    private Reason() {}

    /** Throws IllegalArgumentException if it is too long to be kept. */
    static String checked(String reason) {
        if (reason.length() > Limits.STRING_BYTES) {
            throw new IllegalArgumentException("a reason must be shorter than %d characters".formatted(Limits.STRING_BYTES));
        }
        return reason;
    }
}
