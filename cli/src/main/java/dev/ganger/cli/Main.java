package dev.ganger.cli;

import dev.ganger.cli.command.Ganger;
import dev.ganger.cli.command.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program that people type: puts the parts together and leaves with the exit code. */
public final class Main {
    /** Held, because a logger nobody holds forgets its level. What went wrong is said in a sentence of our own. */
    private static final List<Logger> SILENT = List.of(Logger.getLogger("io.grpc"), Logger.getLogger("io.netty"));

    private Main() {}

    public static void main(String... args) {
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
        var launcher = System.getProperty("ganger.launcher");
        var surroundings = new Surroundings(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminals.detect(System.getenv()),
                System.getenv(),
                launcher == null ? null : Path.of(launcher),
                new ControlC());
        System.exit(new Ganger(surroundings).run(OwnArguments.of(args)));
    }
}
