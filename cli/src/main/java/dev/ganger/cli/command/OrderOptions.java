package dev.ganger.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When tasks run. */
final class OrderOptions {
    @Option(names = "--priority", paramLabel = "N", description = "Larger goes first. Default: 0.")
    int priority;

    @Option(names = "--max-running", paramLabel = "N", description = "At most N tasks of the job run at once. Default: as many as there is room for.")
    @Nullable
    Integer maxRunning;
}
