package dev.ganger.coordinator.verify;

/** Hears now and then what is under way, for people who wait. */
@FunctionalInterface
public interface Progress {
    void tell(String underWay);
}
