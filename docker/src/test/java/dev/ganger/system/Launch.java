package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a process is to be: a program, its arguments, its environment and its input; nothing else of the test's gets in. */
record Launch(List<String> command, Map<String, String> environment, Path input) {
    static Launch of(Path program, List<String> arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new Launch(List.copyOf(command), Map.of(), Path.of("/dev/null"));
    }

    Launch withInput(Path file) {
        return new Launch(command, environment, file);
    }

    Launch withEnvironment(Map<String, String> variables) {
        return new Launch(command, Map.copyOf(variables), input);
    }

    /** These variables too, where it has no others. */
    Launch withDefaults(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.putAll(environment);
        return new Launch(command, Map.copyOf(all), input);
    }

    /** Starts it; what it writes goes to the files {@code base.out} and {@code base.err}. */
    Program start(Path base) {
        var out = Path.of(base + ".out");
        var err = Path.of(base + ".err");
        var builder = new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Program(command, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }
}
