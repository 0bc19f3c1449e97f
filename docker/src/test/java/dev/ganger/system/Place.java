package dev.ganger.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a process of a {@link Site} runs: the command that leads there, what is in its environment, and where the coordinator is from there.
 *
 * @param coordinator empty: where the site's coordinator says it is
 */
record Place(List<String> way, Map<String, String> environment, String coordinator) {
    /** On this machine, as everything else. */
    static final Place HERE = new Place(List.of(), Map.of(), "");

    Place {
        way = List.copyOf(way);
        environment = Map.copyOf(environment);
    }

    /** The same, with one more variable. */
    Place with(String variable, String value) {
        var all = new HashMap<>(environment);
        all.put(variable, value);
        return new Place(way, all, coordinator);
    }

    /** The same, with options for the JVM there. */
    Place withJava(String options) {
        return with("JAVA_TOOL_OPTIONS", options);
    }

    /** Where the coordinator is from there, if it says that it is at an address. */
    String from(String address) {
        return coordinator.isEmpty() ? address : coordinator;
    }

    /** What to start there. */
    Launch lead(Launch launch) {
        var command = new ArrayList<>(way);
        command.addAll(launch.command());
        return new Launch(command, launch.environment(), launch.input()).withDefaults(environment);
    }
}
