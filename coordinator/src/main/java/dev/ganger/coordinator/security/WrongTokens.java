package dev.ganger.coordinator.security;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds up those who show wrong tokens, so that nobody tries many; others are not held up by it. */
public final class WrongTokens {
    /** How long the answer to a wrong token takes. */
    public static final Duration DELAY = Duration.ofSeconds(1);
    /** Wrong tokens of one address that wait for their answer; with more, what it shows is not even looked at. */
    static final int WAITING_OF_ADDRESS = 10;
    /** Of all addresses together. */
    static final int WAITING = 1_000;

    private final Duration delay;
    private final Map<@Nullable InetAddress, Integer> waiting = new HashMap<>();
    private int all;

    public WrongTokens(Duration delay) {
        this.delay = delay;
    }

    /** Whether too much that this address has shown was wrong for more to be looked at now. */
    public synchronized boolean isTooMuch(@Nullable InetAddress address) {
        return waiting.getOrDefault(address, 0) >= WAITING_OF_ADDRESS;
    }

    /** Returns after the delay, unless so many wait that this one may go; on a virtual thread. */
    public void holdUp(@Nullable InetAddress address) throws InterruptedException {
        if (!begin(address)) {
            return;
        }
        try {
            Thread.sleep(delay);
        } finally {
            end(address);
        }
    }

    private synchronized boolean begin(@Nullable InetAddress address) {
        if (all >= WAITING) {
            return false;
        }
        all++;
        waiting.merge(address, 1, Integer::sum);
        return true;
    }

    private synchronized void end(@Nullable InetAddress address) {
        all--;
        waiting.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
}
