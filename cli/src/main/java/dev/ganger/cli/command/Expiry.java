package dev.ganger.cli.command;

import dev.ganger.cli.client.Destination;
import dev.ganger.cli.view.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Nobody renews a user's certificate, so its user hears in time when it ends. */
final class Expiry {
    static final Duration NEAR = Duration.ofDays(30);

    private Expiry() {}

    /** Says it once a call, to somebody before a terminal. */
    static void remark(Output output, Destination destination) {
        var end = destination.expiresAt();
        var now = Instant.now();
        if (end != null && end.isAfter(now) && end.isBefore(now.plus(NEAR))) {
            output.remark("your certificate for %s ends at %s; get a token from an admin and 'ganger login TOKEN' before"
                    .formatted(destination, end.truncatedTo(ChronoUnit.MINUTES)));
        }
    }
}
