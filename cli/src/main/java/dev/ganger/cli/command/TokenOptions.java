package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How often and how long a token is good. */
final class TokenOptions {
    private static final int MOST_USES = 10_000;

    @Option(names = "--uses", paramLabel = "N", description = "How many may join with it. Default: 1.")
    int uses = 1;

    @Option(names = "--expires", paramLabel = "D", description = "How long it is good, for example 30m or 7d. Default: 1h.")
    Duration expires = Duration.ofHours(1);

    int uses() {
        if (uses < 1 || uses > MOST_USES) {
            throw Failure.usage("a token is for 1 to %d uses, not %d".formatted(MOST_USES, uses));
        }
        return uses;
    }
}
