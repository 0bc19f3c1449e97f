package dev.ganger.coordinator.security;

import dev.ganger.model.Role;
import dev.ganger.trust.Credentials;
import io.grpc.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What somebody hears who may not pass the gate: who it is, what is needed, and what to do. */
final class Refusals {
    private static final String HOW_USERS_JOIN = "log in with 'ganger login TOKEN', for which an admin says 'ganger token create user NAME'";
    private static final String HOW_AGENTS_JOIN = "join with a token, for which an admin says 'ganger token create agent'";

    private Refusals() {}

    /** Without a certificate. */
    static Status stranger(Access.Row row) {
        return Status.UNAUTHENTICATED.withDescription("'%s' is for %s, and this connection shows no certificate; %s"
                .formatted(row.word(), row.need().who(), row.need() == Need.AGENT ? HOW_AGENTS_JOIN : HOW_USERS_JOIN));
    }

    /** With a certificate of the authority, but nobody is known by it; the farewell says why, if that is known. */
    static Status unknown(Peer.Shown shown, @Nullable String farewell) {
        if (farewell != null) {
            return Status.PERMISSION_DENIED
                    .withDescription("%s is not known here any more: %s".formatted(shown.described(), farewell));
        }
        return Status.PERMISSION_DENIED.withDescription("%s is not known here any more, or joined anew with another key; %s"
                .formatted(shown.described(), shown.agent() ? HOW_AGENTS_JOIN : HOW_USERS_JOIN));
    }

    /** With a certificate that ended then. */
    static Status expired(Peer.Shown shown, long until, long now) {
        var end = Instant.ofEpochMilli(until).truncatedTo(ChronoUnit.SECONDS);
        var renewable = end.plus(Credentials.RENEWABLE);
        var what = now <= renewable.toEpochMilli()
                ? "renew it, for which it is good until " + renewable
                : "that is too long ago to renew it: " + (shown.agent() ? HOW_AGENTS_JOIN : HOW_USERS_JOIN);
        return Status.UNAUTHENTICATED
                .withDescription("the certificate of %s expired at %s; %s".formatted(shown.described(), end, what));
    }

    /** With a certificate that is good, for something else. */
    static Status notFor(Access.Row row, Caller caller) {
        var who = "'%s' is for %s; you are %s".formatted(row.word(), row.need().who(), caller.described());
        return Status.PERMISSION_DENIED.withDescription(who + switch (caller) {
            case Caller.Agent _ -> ", and agents only run tasks; " + HOW_USERS_JOIN;
            case Caller.User _ when row.need() == Need.AGENT -> "; an agent must " + HOW_AGENTS_JOIN;
            case Caller.User user ->
                "; an admin gives you another role with 'ganger token create user %s --role %s', with which you log in anew"
                        .formatted(user.name(), needed(row).word());
            case Caller.Anonymous _,Caller.Stranger _ -> "";
        });
    }

    private static Role needed(Access.Row row) {
        var role = row.need().role();
        return role == null ? Role.ADMIN : role;
    }

    /** A method that is missing in the table. */
    static Status nobody(String method) {
        return Status.PERMISSION_DENIED
                .withDescription("nobody may call %s: it is not in the table of who may".formatted(method));
    }
}
