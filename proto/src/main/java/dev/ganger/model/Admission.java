package dev.ganger.model;

import java.util.SortedMap;

/** Whom a token lets in. */
public sealed interface Admission {
    /**
     * Agents.
     *
     * @param name   the only one that an agent may join under; empty: any
     * @param labels what the coordinator says of those that join
     */
    record OfAgent(String name, SortedMap<String, String> labels) implements Admission {
        public OfAgent {
            Limits.name("an agent's name", name);
            labels = Labels.checked(labels);
        }
    }

    /** A user under this name. */
    record OfUser(String name, Role role) implements Admission {
        public OfUser {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a user needs a name");
            }
            Limits.name("a user's name", name);
        }
    }
}
