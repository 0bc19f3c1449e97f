package dev.ganger.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to wait for while a job is submitted. */
class WaitingOptions {
    @Option(names = "--no-wait", description = "If the queue is full, refuse now (exit code 6). Default: wait for room.")
    boolean noWait;

    @Option(names = "--submit-timeout", paramLabel = "D", description = "If the queue is full, refuse after this time (exit code 6).")
    @Nullable
    Duration submitTimeout;

    /** How long to wait for room in the queue; null: as long as it takes. */
    @Nullable
    Duration patience() {
        return noWait ? Duration.ZERO : submitTimeout;
    }

    /** What to wait for after that, too. */
    static final class OfSubmit extends WaitingOptions {
        @Option(names = "--wait", description = "Print the id, then wait until the job is finished: 0 if all succeeded, else 1.")
        boolean wait;
    }
}
