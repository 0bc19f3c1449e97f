package dev.ganger.cli.command;

import dev.ganger.cli.view.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the program is given from outside.
 *
 * @param launcher     the script that starts every part of Ganger; null if this program was started without it
 * @param distribution the folder that this program was shipped in; null if it was started without the launcher
 */
public record Surroundings(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Terminal terminal,
        Map<String, String> environment,
        @Nullable Path launcher,
        @Nullable Path distribution,
        Interrupts interrupts) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
