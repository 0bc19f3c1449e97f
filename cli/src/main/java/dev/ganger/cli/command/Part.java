package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process of the demo, with its log in a file. */
final class Part {
    /** Where all parts keep who they know, in the demo's folder. */
    static final String CONFIGURATION = "config/ganger";
    private static final int TAIL_LINES = 20;
    private static final String NOTHING = "/dev/null";

    private final String name;
    private final Path log;
    private final Process process;

    private Part(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static Part start(Path launcher, String name, Path folder, List<String> arguments) {
        var log = folder.resolve(name + ".log");
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectInput(Path.of(NOTHING).toFile())
                .redirectOutput(log.toFile())
                .redirectError(Redirect.appendTo(log.toFile()));
        isolate(builder.environment(), folder);
        try {
            return new Part(name, log, builder.start());
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "cannot start '" + launcher + "': " + problem.getMessage(), problem);
        }
    }

    /** What is configured on this machine is for other coordinators and agents; who knows this one is not for others either. */
    private static void isolate(Map<String, String> environment, Path folder) {
        environment.keySet().removeIf(key -> key.startsWith("GANGER_COORDINATOR") || key.startsWith("GANGER_AGENT"));
        environment.put("GANGER_COORDINATOR_CONFIG", NOTHING);
        environment.put("GANGER_AGENT_CONFIG", NOTHING);
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        // They end soon, and making start caches would take longer.
        environment.putIfAbsent("GANGER_CACHES", "use");
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    int exitCode() {
        return process.exitValue();
    }

    boolean endedWithin(Duration patience) {
        try {
            return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException problem) {
            throw new Failure(Kind.INTERRUPTED, "interrupted", problem);
        }
    }

    void terminate() {
        process.destroy();
    }

    /** Waits for the end after TERM, and then waits no longer. */
    void end(Duration patience) {
        if (!endedWithin(patience)) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    String tailOfLog() {
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException problem) {
            return "(its log cannot be read: " + problem.getMessage() + ")";
        }
    }
}
