package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.model.Bytes;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The variables that a job gives its tasks: those of files first, because the last of a name wins. */
final class Environment {
    private static final int FILE_BYTES = 2 * Limits.COMMAND_BYTES;

    private final List<EnvironmentVariable> variables = new ArrayList<>();

    private Environment() {}

    static List<EnvironmentVariable> of(InputOptions options, Surroundings surroundings) {
        var environment = new Environment();
        options.environmentFiles.forEach(file -> environment.addFile(new Operand(file, surroundings)));
        options.environment.forEach(text -> environment.add(text, "--env takes NAME=VALUE"));
        return List.copyOf(environment.variables);
    }

    private void addFile(Operand file) {
        var content = file.read(FILE_BYTES);
        if (content.length > FILE_BYTES) {
            throw Failure.usage(file + " is too long for --env-file: arguments and environment together must be smaller than "
                    + Limits.COMMAND_BYTES + " bytes");
        }
        var from = 0;
        for (var line = 1; from < content.length; line++) {
            var to = from;
            while (to < content.length && content[to] != '\n') {
                to++;
            }
            addLine(Bytes.of(Arrays.copyOfRange(content, from, to)), "line " + line + " of " + file + " must be NAME=VALUE");
            from = to + 1;
        }
    }

    private void addLine(Bytes line, String expected) {
        var first = 0;
        while (first < line.size() && (line.at(first) == ' ' || line.at(first) == '\t' || line.at(first) == '\r')) {
            first++;
        }
        if (first < line.size() && line.at(first) != '#') {
            add(line, expected);
        }
    }

    private void add(Bytes text, String expected) {
        var bytes = text.toByteArray();
        var equals = 0;
        while (equals < bytes.length && bytes[equals] != '=') {
            equals++;
        }
        if (equals == 0 || equals == bytes.length) {
            throw Failure.usage(expected + ", not '" + text + "'");
        }
        if (text.contains(0)) {
            throw Failure.usage(expected + ", without a NUL byte");
        }
        variables.add(new EnvironmentVariable(Bytes.of(Arrays.copyOfRange(bytes, 0, equals)),
                Bytes.of(Arrays.copyOfRange(bytes, equals + 1, bytes.length))));
    }
}
