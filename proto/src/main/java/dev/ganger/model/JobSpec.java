package dev.ganger.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How each task of a job is run.
 *
 * @param arguments   the program and its arguments, at least one
 * @param environment added to what the agent gives every task; the last of a name wins
 * @param directory   the working directory; empty: an empty folder of the attempt's own
 * @param name        for people; may be empty
 * @param priority    larger goes first
 * @param retries     how often a task that failed is tried again
 * @param timeout     how long one attempt may run; null: as long as it wants
 * @param grace       the time between TERM and KILL
 * @param outputLimit bytes kept of each stream, at most: half from its start, the rest from its end
 */
public record JobSpec(
        List<Argument> arguments,
        List<EnvironmentVariable> environment,
        Bytes directory,
        String name,
        int priority,
        int retries,
        @Nullable Duration timeout,
        Duration grace,
        long outputLimit) {
    public JobSpec {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        Limits.name("a job's name", name);
        checkCommand(arguments, environment, directory);
        if (retries < 0 || retries > Limits.RETRIES) {
            throw new IllegalArgumentException("retries are from 0 to %d, not %d".formatted(Limits.RETRIES, retries));
        }
        if (timeout != null && !timeout.isPositive()) {
            throw new IllegalArgumentException("a timeout must be longer than 0, not " + timeout.toMillis() + " ms");
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace cannot be negative: " + grace);
        }
        if (outputLimit < 0) {
            throw new IllegalArgumentException("an output limit cannot be negative: " + outputLimit);
        }
    }

    private static void checkCommand(List<Argument> arguments, List<EnvironmentVariable> environment, Bytes directory) {
        if (arguments.isEmpty() || arguments.getFirst().pieces().isEmpty()) {
            throw new IllegalArgumentException("a job needs a command");
        }
        var total = directory.size();
        for (var argument : arguments) {
            total += checked("an argument", argument.literalBytes());
        }
        for (var variable : environment) {
            total += checked("an environment variable", variable.name().size() + variable.value().size() + 1);
        }
        if (total >= Limits.COMMAND_BYTES) {
            throw new IllegalArgumentException("arguments and environment together must be smaller than %d bytes, these have %d"
                    .formatted(Limits.COMMAND_BYTES, total));
        }
        if (directory.contains(0)) {
            throw new IllegalArgumentException("a directory cannot contain a NUL byte: " + directory);
        }
    }

    private static int checked(String what, int size) {
        if (size >= Limits.STRING_BYTES) {
            throw new IllegalArgumentException(
                    "%s must be smaller than %d bytes, this one has %d".formatted(what, Limits.STRING_BYTES, size));
        }
        return size;
    }
}
