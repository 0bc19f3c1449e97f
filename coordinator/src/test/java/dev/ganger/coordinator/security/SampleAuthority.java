package dev.ganger.coordinator.security;

import dev.ganger.trust.Keys;
import java.time.Duration;
import java.time.InstantSource;

/** Authorities that are kept nowhere. */
public final class SampleAuthority {
    private SampleAuthority() {}

    /** Another one each time. */
    public static Authority fresh() {
        return fresh(InstantSource.system());
    }

    static Authority fresh(InstantSource clock) {
        return fresh(clock, Duration.ofDays(7));
    }

    static Authority fresh(InstantSource clock, Duration lifeOfAgents) {
        var key = Keys.generate();
        return new Authority(Authority.certificate(key, clock), key.getPrivate(), lifeOfAgents, clock);
    }
}
