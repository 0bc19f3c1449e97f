package dev.ganger.config;

import java.nio.file.Path;
import java.util.Map;

/** Where files are on this machine: for root where the system keeps such files, for others where the XDG base directory specification says. */
public final class Folders {
    private static final Path DATA_OF_ROOT = Path.of("/var/lib/ganger");

    private Folders() {}

    /** Where a program keeps its data unless it is told otherwise. */
    public static Path data(String own, Map<String, String> environment, boolean root) {
        return (root ? DATA_OF_ROOT : ofUser("XDG_DATA_HOME", ".local/share", environment)).resolve(own);
    }

    /** As the specification says, a variable that holds a relative path counts as not set. */
    private static Path ofUser(String variable, String otherwise, Map<String, String> environment) {
        var named = Path.of(environment.getOrDefault(variable, ""));
        return (named.isAbsolute() ? named : home(environment).resolve(otherwise)).resolve("ganger");
    }

    private static Path home(Map<String, String> environment) {
        var named = Path.of(environment.getOrDefault("HOME", ""));
        return named.isAbsolute() ? named : Path.of(System.getProperty("user.home"));
    }
}
