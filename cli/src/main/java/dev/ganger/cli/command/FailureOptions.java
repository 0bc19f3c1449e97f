package dev.ganger.cli.command;

import dev.ganger.model.Backoff;
import dev.ganger.model.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What bounds tasks, and what follows when they fail. */
final class FailureOptions {
    @Option(names = "--retries", paramLabel = "N", description = "How often a task that failed is tried again. Default: 0. A lost agent does not use one up.")
    int retries;

    @Option(names = "--retry-on", paramLabel = "CODES", description = "Only after these exit codes: 75,100-110. A signal counts as 128+N, a timeout as 124. Default: after any failure.")
    @Nullable
    RetryCodes retryOn;

    @Option(names = "--backoff", paramLabel = "MIN..MAX", description = "How long to wait before a retry: MIN, then twice as long each time up to MAX. Default: not at all.")
    @Nullable
    Backoff backoff;

    @Option(names = "--timeout", paramLabel = "D", description = "How long one attempt may run: 500ms, 10s, 1h30m. Default: as long as it wants.")
    @Nullable
    Duration timeout;

    @Option(names = "--grace", paramLabel = "D", description = "The time between TERM and KILL. Default: 10s.")
    Duration grace = Limits.DEFAULT_GRACE;

    @Option(names = "--max-failures", paramLabel = "N", description = "When more than N tasks have failed, the rest is cancelled. Default: never.")
    @Nullable
    Integer maxFailures;

    @Option(names = "--crash-limit", paramLabel = "N", description = "A task that was lost with its agent N times has failed; 0: never. Default: 5.")
    int crashLimit = Limits.DEFAULT_CRASH_LIMIT;

    @Option(names = "--output-limit", paramLabel = "SIZE|none", converter = OutputLimit.class, description = "The bytes kept of each stream: half from its start, the rest from its end. Default: 1G.")
    long outputLimit = Limits.OUTPUT_BYTES;

    /** How the parser reads the limit. */
    static final class OutputLimit implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return Converters.checked(text, Converters::limit);
        }
    }
}
