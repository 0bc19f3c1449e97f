package dev.ganger.cli.install;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a host tells of itself: names, each with one value or several. */
record Facts(Map<String, List<String>> all) {
    Facts {
        all = Map.copyOf(all);
    }

    /** A name, a space and a value a line. */
    static Facts parse(String lines) {
        var all = new HashMap<String, List<String>>();
        for (var line : lines.lines().toList()) {
            var space = line.indexOf(' ');
            if (space > 0) {
                all.computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>()).add(line.substring(space + 1));
            }
        }
        return new Facts(all);
    }

    /** Empty if nothing is said. */
    String text(String name) {
        return String.join("\n", all(name));
    }

    List<String> all(String name) {
        return List.copyOf(all.getOrDefault(name, List.of()));
    }

    boolean truth(String name) {
        return text(name).equals("yes");
    }

    /** Zero if nothing is said. */
    long number(String name) {
        var digits = text(name);
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }

    /** The process of the service; 0 if it does not run. */
    long pid() {
        return number("pid");
    }
}
