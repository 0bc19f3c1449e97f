package dev.ganger.model;

import java.util.Locale;

/** What a user may do; each role includes those before it. */
public enum Role {
    /** Look. */
    VIEWER,
    /** Also submit, take results, and control jobs. */
    SUBMITTER,
    /** Also control agents, the queue, tokens and users. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Throws IllegalArgumentException, in a sentence, for what is none. */
    public static Role parse(String word) {
        for (var role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("expected admin, submitter or viewer, not '" + word + "'");
    }
}
