package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other programs of the distribution, for what only they can tell of themselves. */
final class Programs {
    private final Path launcher;

    private Programs(Path launcher) {
        this.launcher = launcher;
    }

    static Programs of(Surroundings surroundings) {
        var launcher = surroundings.launcher();
        if (launcher == null) {
            throw new Failure(Kind.FAILED, "only the launcher finds the other programs; start this one as 'ganger'");
        }
        return new Programs(launcher);
    }

    /** Does not wait for it. */
    Started start(List<String> arguments) {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        try {
            return new Started(command,
                    new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile()).redirectError(Redirect.INHERIT)
                            .start());
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "cannot start '" + launcher + "': " + problem.getMessage(), problem);
        }
    }

    /** A program that was asked. */
    record Started(List<String> command, Process process) {
        Started {
            command = List.copyOf(command);
        }

        /** All that it printed, once it has ended. */
        String said() {
            try (var out = process.getInputStream()) {
                var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                var code = process.waitFor();
                if (code != 0) {
                    throw new Failure(Kind.FAILED, "'" + String.join(" ", command) + "' ended with code " + code);
                }
                return text;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            } catch (InterruptedException problem) {
                throw new Failure(Kind.INTERRUPTED, "interrupted", problem);
            }
        }
    }
}
