package dev.ganger.cli.client;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What to do when a connection breaks that had worked.
 *
 * @param patience how long to try again; zero: not at all
 * @param note     is told when the coordinator is lost, and when it is back
 */
public record Reconnect(Duration patience, Consumer<String> note) {
    public static final Reconnect NEVER = new Reconnect(Duration.ZERO, _ -> {});

    /** The patience as users write it: 2m, 1h30m, 0.5s. */
    String length() {
        return patience.toString().replaceFirst("PT", "").toLowerCase(Locale.ROOT);
    }
}
