package dev.ganger.coordinator.security;

import dev.ganger.model.Role;
import org.jspecify.annotations.Nullable;

/** What one must be to make a call. */
public enum Need {
    /** Anything: there is nothing to find out or to change by it. */
    ANYONE(null, "everybody"),
    /** Somebody who joined, also if the certificate has expired not too long ago. */
    RENEWAL(null, "those who have joined"),
    /** An agent or a user. */
    MEMBER(Role.VIEWER, "those who have joined"),
    /** An agent. */
    AGENT(null, "agents"),
    /** A user, at least with this role. */
    VIEWER(Role.VIEWER, "users"),
    /** Who submits, or an admin. */
    SUBMITTER(Role.SUBMITTER, "submitters and admins"),
    /** An admin. */
    ADMIN(Role.ADMIN, "admins");

    private final @Nullable Role role;
    private final String who;

    Need(@Nullable Role role, String who) {
        this.role = role;
        this.who = who;
    }

    /** As in "for admins". */
    public String who() {
        return who;
    }

    /** What a user must be at least; null: no user will do, or every one. */
    @Nullable
    Role role() {
        return role;
    }

    /** Whether this caller will do, whose certificate is good. */
    boolean isMetBy(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> true;
            case Caller.Stranger _ -> this == ANYONE;
            case Caller.Agent _ -> this == AGENT || this == MEMBER || this == RENEWAL || this == ANYONE;
            case Caller.User user -> this == RENEWAL || this == ANYONE || role != null && user.role().includes(role);
        };
    }
}
