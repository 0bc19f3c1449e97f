package dev.ganger.cli.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written into agent.yaml and coordinator.yaml of a service that is installed, besides what only its host knows. */
public final class ConfigurationLines {
    /** Less than the unit's TimeoutStopSec, so that what cannot end in time goes back to the queue in order. */
    private static final String DRAIN = "drain-timeout: 4m";

    private ConfigurationLines() {}

    /** For an agent that finds its coordinator elsewhere than its token says. */
    public static List<String> of(String coordinator) {
        return List.of("coordinator: " + quoted(coordinator));
    }

    /** For one that needs no token. */
    public static List<String> inPlainText(String coordinator) {
        return List.of("coordinator: " + quoted(coordinator), "insecure: true");
    }

    /** Null: as many slots as there are CPUs. */
    public static List<String> ofAgent(List<String> way, @Nullable Integer slots, Map<String, String> labels) {
        var lines = new ArrayList<>(way);
        if (slots != null) {
            lines.add("slots: " + slots);
        }
        if (!labels.isEmpty()) {
            lines.add("label:");
            labels.forEach((key, value) -> lines.add("  " + quoted(key) + ": " + quoted(value)));
        }
        lines.add(DRAIN);
        return lines;
    }

    /** Null: nothing is said about it. */
    public static List<String> ofCoordinator(String listen, @Nullable String advertise) {
        var lines = new ArrayList<>(List.of("listen: " + quoted(listen)));
        if (advertise != null) {
            lines.add("advertise: " + quoted(advertise));
        }
        return lines;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
