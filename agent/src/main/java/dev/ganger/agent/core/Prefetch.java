package dev.ganger.agent.core;

import dev.ganger.model.Limits;

/** How many tasks beyond the slots would start within a moment, by how long recent ones took. */
final class Prefetch {
    private static final double HORIZON_MILLIS = 100;
    /** The weight of the newest duration in the mean. */
    private static final double WEIGHT = 0.1;

    private final int slots;
    private double meanMillis = Double.NaN;

    Prefetch(int slots) {
        this.slots = slots;
    }

    void ended(long millis) {
        var took = Math.max(0.5, (double) millis);
        // A long one is believed at once: what waits behind it would wait long.
        meanMillis = Double.isNaN(meanMillis) || took > meanMillis * 10 ? took : meanMillis + WEIGHT * (took - meanMillis);
    }

    /** 0 while nothing is known. */
    int tasks() {
        return Double.isNaN(meanMillis) ? 0 : (int) Math.min(Limits.AHEAD, slots * HORIZON_MILLIS / meanMillis);
    }
}
