package dev.ganger.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What owners say of their agents: a few names with values. */
public final class Labels {
    private Labels() {}

    /** The same, sorted; throws IllegalArgumentException, in a sentence, if there are too many or one is none. */
    public static SortedMap<String, String> checked(Map<String, String> labels) {
        if (labels.size() > Limits.LABELS) {
            throw new IllegalArgumentException(
                    "an agent has at most %d labels, not %d".formatted(Limits.LABELS, labels.size()));
        }
        labels.forEach((name, value) -> {
            if (name.isEmpty() || name.contains("=")) {
                throw new IllegalArgumentException("a label is NAME=VALUE with a name, not '" + name + "=" + value + "'");
            }
            Limits.name("name of a label", name);
            Limits.name("value of a label", value);
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
