package dev.ganger.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one attempt from start to end.
 *
 * @param pid         the process id on the agent; 0 if it never started
 * @param startedAt   by the agent's clock; null if it never started
 * @param finishedAt  by the agent's clock
 * @param ending      how it ended
 * @param cpuUser     time on the CPU in user mode, with the children it waited for
 * @param cpuSystem   the same in the kernel
 * @param maxRssBytes the largest resident set
 * @param strays      how many processes it left behind, which the agent ended
 * @param survivors   the processes that could not be ended
 */
public record Run(
        long pid,
        @Nullable Instant startedAt,
        Instant finishedAt,
        Ending ending,
        Duration cpuUser,
        Duration cpuSystem,
        long maxRssBytes,
        int strays,
        StreamOutput stdout,
        StreamOutput stderr,
        Survivors survivors) {

    /** One that left nothing. */
    public Run(long pid, @Nullable Instant startedAt, Instant finishedAt, Ending ending, Duration cpuUser, Duration cpuSystem,
            long maxRssBytes, int strays, StreamOutput stdout, StreamOutput stderr) {
        this(pid, startedAt, finishedAt, ending, cpuUser, cpuSystem, maxRssBytes, strays, stdout, stderr, Survivors.NONE);
    }

    /** An attempt of which only the end is known: it never started, or its agent was lost. */
    public static Run unseen(Instant finishedAt, Ending ending) {
        return new Run(0, null, finishedAt, ending, Duration.ZERO, Duration.ZERO, 0, 0, StreamOutput.NOTHING,
                StreamOutput.NOTHING);
    }

    /** The same as a process that is known to have begun. */
    public Run begun(long process, Instant at) {
        return new Run(process, at, finishedAt, ending, cpuUser, cpuSystem, maxRssBytes, strays, stdout, stderr,
                survivors);
    }

    public Run endingWith(Ending other) {
        return new Run(pid, startedAt, finishedAt, other, cpuUser, cpuSystem, maxRssBytes, strays, stdout, stderr, survivors);
    }

    /** Whether all that is kept of the output is in here, and nothing was uploaded. */
    public boolean isInline() {
        return stdout.isInline() && stderr.isInline();
    }

    public StreamOutput output(StreamName stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    public Run withoutOutput() {
        return new Run(pid, startedAt, finishedAt, ending, cpuUser, cpuSystem, maxRssBytes, strays, stdout.withoutInline(),
                stderr.withoutInline(), survivors);
    }
}
