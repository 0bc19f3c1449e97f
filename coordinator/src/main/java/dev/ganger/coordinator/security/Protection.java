package dev.ganger.coordinator.security;

import dev.ganger.wire.Address;
import java.time.InstantSource;
import java.util.function.Supplier;

/** How connections are protected. */
public sealed interface Protection {
    /** Not at all: plain text, on this machine only. */
    record None() implements Protection {}

    /**
     * By TLS, and who does not belong here does nothing.
     *
     * @param directory  whom the gate asks
     * @param advertised what tokens tell of where the coordinator is; known once it listens
     */
    record Tls(Authority authority, Directory directory, Supplier<Address> advertised,
            InstantSource clock) implements Protection {}
}
