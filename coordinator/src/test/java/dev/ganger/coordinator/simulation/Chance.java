package dev.ganger.coordinator.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** The only source of chance in a history. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        // Near seeds should not give near histories.
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L).split();
    }

    /** From 0 to 1. */
    boolean is(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends included. */
    int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Both ends included. */
    long from(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** Small ones mostly, now and then a large one. */
    long mostlySmall(long most) {
        return (long) (most * Math.pow(random.nextDouble(), 4));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    SplittableRandom random() {
        return random;
    }
}
