package dev.ganger.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process is root, for whom other folders are usual and who should be warned. */
public final class Superuser {
    private static final Path SELF = Path.of("/proc/self");

    private Superuser() {}

    /** By its id: a machine need not know a name for it. */
    public static boolean runsThis() {
        try {
            return Files.getAttribute(SELF, "unix:uid") instanceof Integer id && id == 0;
        } catch (IOException | UnsupportedOperationException noProc) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
