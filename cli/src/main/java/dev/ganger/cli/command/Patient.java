package dev.ganger.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The option of verbs that go on when a connection breaks. */
final class Patient {
    private static final Duration USUAL = Duration.ofMinutes(2);

    @Option(names = "--reconnect", paramLabel = "D", description = "How long to try again when the connection breaks; 0: not at all. Default: 2m.")
    Duration reconnect = USUAL;
}
