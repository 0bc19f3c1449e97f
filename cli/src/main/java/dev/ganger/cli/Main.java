package dev.ganger.cli;

import dev.ganger.cli.command.Ganger;
import dev.ganger.cli.command.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The program that people type: puts the parts together and leaves with the exit code. */
public final class Main {
    private Main() {}

    public static void main(String... args) {
        Silence.fall();
        var surroundings = new Surroundings(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminals.detect(System.getenv()),
                System.getenv(),
                path("ganger.launcher"),
                path("ganger.distribution"),
                new ControlC());
        System.exit(new Ganger(surroundings).run(OwnArguments.of(args)));
    }

    /** What the launcher tells of itself. */
    private static @Nullable Path path(String property) {
        var path = System.getProperty(property);
        return path == null ? null : Path.of(path);
    }
}
