package dev.ganger.coordinator.simulation;

import org.jspecify.annotations.Nullable;

/** A law of Ganger did not hold in a history. */
final class BrokenLaw extends AssertionError {
    private static final long serialVersionUID = 1;
    private final String law;

    private BrokenLaw(String law, String found) {
        super(law + ": " + found);
        this.law = law;
    }

    String law() {
        return law;
    }

    /** Checks a law; what was found is a format and its values. */
    static void unless(boolean holds, String law, String found, @Nullable Object... values) {
        if (!holds) {
            throw new BrokenLaw(law, found.formatted(values));
        }
    }
}
