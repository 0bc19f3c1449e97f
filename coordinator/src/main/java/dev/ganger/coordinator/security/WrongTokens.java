package dev.ganger.coordinator.security;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets an address try only so many wrong tokens in a time: each takes one of its few places for a while. Right ones give theirs back at once, and
 * other addresses have places of their own.
 */
public final class WrongTokens {
    /** How long the answer to a wrong token takes. */
    public static final Duration DELAY = Duration.ofSeconds(1);
    /** Tokens of one address that are looked at at once, and answers to wrong ones that wait. */
    public static final int PLACES = 10;
    /** Those that stand in line for a place; more are refused. */
    public static final int LINE = 200;

    private final Duration delay;
    private final Map<Optional<InetAddress>, Line> lines = new HashMap<>();

    /** Who comes from one address; forgotten when nobody does. */
    private static final class Line {
        private final Semaphore places = new Semaphore(PLACES, true);
        private int length;
    }

    /** A place; closing it gives it back. */
    public final class Place implements AutoCloseable {
        private final Optional<InetAddress> address;
        private final Line line;

        private Place(Optional<InetAddress> address, Line line) {
            this.address = address;
            this.line = line;
        }

        /** What was looked at was wrong: the place stays taken for the delay. On a virtual thread. */
        public void holdUp() throws InterruptedException {
            Thread.sleep(delay);
        }

        @Override
        public void close() {
            line.places.release();
            leave(address, line);
        }
    }

    public WrongTokens(Duration delay) {
        this.delay = delay;
    }

    /** Waits for a place of this address; null if too many do already. On a virtual thread. */
    public @Nullable Place await(@Nullable InetAddress from) throws InterruptedException {
        var address = Optional.ofNullable(from);
        var line = enter(address);
        if (line == null) {
            return null;
        }
        try {
            line.places.acquire();
        } catch (InterruptedException interrupted) {
            leave(address, line);
            throw interrupted;
        }
        return new Place(address, line);
    }

    private synchronized @Nullable Line enter(Optional<InetAddress> address) {
        var line = lines.computeIfAbsent(address, _ -> new Line());
        if (line.length >= PLACES + LINE) {
            return null;
        }
        line.length++;
        return line;
    }

    private synchronized void leave(Optional<InetAddress> address, Line line) {
        line.length--;
        if (line.length == 0) {
            lines.remove(address);
        }
    }

    /** How many of an address have a place or wait for one. */
    synchronized int lengthOf(InetAddress address) {
        var line = lines.get(Optional.of(address));
        return line == null ? 0 : line.length;
    }
}
