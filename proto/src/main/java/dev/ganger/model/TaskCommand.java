package dev.ganger.model;

import java.util.List;

/**
 * What a task runs.
 *
 * @param arguments   the program and its arguments, at least one
 * @param environment added to what the agent gives every task; the last of a name wins
 * @param directory   the working directory; empty: an empty folder of the attempt's own
 * @param input       what it reads on its standard input
 */
public record TaskCommand(List<Argument> arguments, List<EnvironmentVariable> environment, Bytes directory, Bytes input) {
    public TaskCommand {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        if (arguments.isEmpty() || arguments.getFirst().pieces().isEmpty()) {
            throw new IllegalArgumentException("a job needs a command");
        }
        checkSize(arguments, environment, directory);
        if (directory.contains(0)) {
            throw new IllegalArgumentException("a directory cannot contain a NUL byte: " + directory);
        }
        if (input.size() > Limits.INPUT_BYTES) {
            throw new IllegalArgumentException("the input of a task has at most %d bytes, this one has %d"
                    .formatted(Limits.INPUT_BYTES, input.size()));
        }
    }

    private static void checkSize(List<Argument> arguments, List<EnvironmentVariable> environment, Bytes directory) {
        var total = directory.size();
        for (var argument : arguments) {
            total += checked("an argument", argument.literalBytes());
        }
        for (var variable : environment) {
            total += checked("an environment variable", variable.name().size() + variable.value().size() + 1);
        }
        if (total >= Limits.COMMAND_BYTES) {
            throw new IllegalArgumentException(
                    "arguments and environment together must be smaller than %d bytes, these have %d; give what is larger by --stdin, or in a file"
                            .formatted(Limits.COMMAND_BYTES, total));
        }
    }

    private static int checked(String what, int size) {
        if (size >= Limits.STRING_BYTES) {
            throw new IllegalArgumentException(
                    "%s must be smaller than %d bytes, this one has %d; give what is larger by --stdin, or in a file"
                            .formatted(what, Limits.STRING_BYTES, size));
        }
        return size;
    }
}
