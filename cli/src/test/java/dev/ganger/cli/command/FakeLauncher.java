package dev.ganger.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A launcher script that starts fake parts. */
public final class FakeLauncher {
    private FakeLauncher() {}

    public static Path in(Path folder) throws IOException {
        return script(folder, "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"".formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"),
                FakeParts.class.getName()));
    }

    static Path script(Path folder, String line) throws IOException {
        var script = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
