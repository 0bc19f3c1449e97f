package dev.ganger.cli;

import dev.ganger.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.TerminalBuilder;

/** Finds out whether this process talks to a terminal, and how wide that is. */
final class Terminals {
    private static final int NARROWEST = 20;
    private static final int USUAL_WIDTH = 80;

    private Terminals() {}

    static Terminal detect(Map<String, String> environment) {
        return new Terminal(isTerminal(1), isTerminal(2), () -> width(environment));
    }

    private static boolean isTerminal(int descriptor) {
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException _) {
            var console = System.console();
            return console != null && console.isTerminal();
        }
    }

    private static int width(Map<String, String> environment) {
        var columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9][0-9]{1,4}")) {
            return Math.max(NARROWEST, Integer.parseInt(columns));
        }
        try (var terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            return terminal.getWidth() > 0 ? Math.max(NARROWEST, terminal.getWidth()) : USUAL_WIDTH;
        } catch (IOException _) {
            return USUAL_WIDTH;
        }
    }
}
