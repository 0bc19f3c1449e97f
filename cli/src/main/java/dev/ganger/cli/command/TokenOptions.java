package dev.ganger.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How often and how long a token is good. */
final class TokenOptions {
    @Option(names = "--uses", paramLabel = "N", description = "How many may join with it. Default: 1.")
    int uses = 1;

    @Option(names = "--expires", paramLabel = "D", description = "How long it is good, for example 30m or 7d. Default: 1h.")
    Duration expires = Duration.ofHours(1);
}
