package dev.ganger.cli.view;

import dev.ganger.model.Bytes;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.ShellQuote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would be run, as people would type it. */
public final class Plans {
    private Plans() {}

    /**
     * A task that is not submitted.
     *
     * @param agent     the only one that would run it; null: any
     * @param directory where it would run; empty: in an empty folder
     * @param input     the file it would read; null: none
     */
    public record Planned(long index, @Nullable String agent, List<Bytes> arguments, List<EnvironmentVariable> environment,
            Bytes directory, @Nullable Bytes input, long inputBytes) {
        public Planned {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    public static void planned(Output output, Planned task) {
        output.done(Harmless.text(sentence(task)), json -> write(json, task), Long.toString(task.index()));
    }

    private static String sentence(Planned task) {
        var line = new StringBuilder();
        if (!task.directory().isEmpty()) {
            line.append("cd ").append(quoted(task.directory())).append(" && ");
        }
        task.environment().forEach(
                variable -> line.append(variable.name()).append('=').append(quoted(variable.value())).append(' '));
        line.append(String.join(" ", task.arguments().stream().map(Plans::quoted).toList()));
        if (task.input() != null) {
            line.append(" < ").append(task.input().equals(Bytes.utf8("-")) ? "/dev/stdin" : quoted(task.input()));
        }
        return task.agent() == null ? line.toString() : line + "  # on agent " + task.agent();
    }

    private static String quoted(Bytes word) {
        return ShellQuote.forPeople(word).toString();
    }

    private static void write(Json json, Planned task) {
        json.number("index", task.index())
                .text("agent", task.agent())
                .texts("command", task.arguments().stream().map(Bytes::toString).toList())
                .object("environment", object -> task.environment().forEach(
                        variable -> object.text(variable.name().toString(), variable.value().toString())))
                .text("directory", task.directory().isEmpty() ? null : task.directory().toString())
                .number("inputBytes", task.inputBytes());
    }
}
