package dev.ganger.coordinator.store;

/** What a {@link FakeStore} throws when its power is cut, and ever after. */
public final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1;

    PowerCut(String when) {
        super("the power was cut " + when, null, false, false);
    }

    /** At which moment of a write. */
    enum When {
        /** Nothing of it is kept. */
        BEFORE_DURABLE,
        /** All of it is kept, but nobody was told. */
        AFTER_DURABLE
    }
}
