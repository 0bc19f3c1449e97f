package dev.ganger.config;

import java.util.Map;

/** Where files are on this machine: for root where the system keeps such files, for others where the XDG base directory specification says. */
public final class Folders {
    private static final String DATA_OF_ROOT = "/var/lib/ganger";

    private Folders() {}

    /** Where a program keeps its data unless it is told otherwise. */
    public static String data(String own, Map<String, String> environment, boolean root) {
        return (root ? DATA_OF_ROOT : ofUser("XDG_DATA_HOME", ".local/share", environment)) + "/" + own;
    }

    /** Where the user's own configuration is. */
    public static String configuration(Map<String, String> environment) {
        return ofUser("XDG_CONFIG_HOME", ".config", environment);
    }

    /** As the specification says, a variable that holds a relative path counts as not set. */
    private static String ofUser(String variable, String otherwise, Map<String, String> environment) {
        var named = environment.getOrDefault(variable, "");
        return (named.startsWith("/") ? named : home(environment) + "/" + otherwise) + "/ganger";
    }

    private static String home(Map<String, String> environment) {
        var named = environment.getOrDefault("HOME", "");
        return named.startsWith("/") ? named : System.getProperty("user.home");
    }
}
