package dev.ganger.wire;

import dev.ganger.model.Admission;
import dev.ganger.model.Labels;
import dev.ganger.model.Role;
import dev.ganger.model.Token;
import dev.ganger.model.User;
import dev.ganger.proto.v1.AgentToken;
import dev.ganger.proto.v1.UserToken;
import org.jspecify.annotations.Nullable;

/** Who may come in, from the wire to the model; throws IllegalArgumentException, in a sentence, where the other side broke the contract. */
public final class AccessFromWire {
    private AccessFromWire() {}

    /** Null: no user. */
    public static @Nullable Role role(dev.ganger.proto.v1.Role role) {
        return switch (role) {
            case ROLE_UNSPECIFIED -> null;
            case ROLE_VIEWER -> Role.VIEWER;
            case ROLE_SUBMITTER -> Role.SUBMITTER;
            case ROLE_ADMIN -> Role.ADMIN;
            case UNRECOGNIZED -> throw new IllegalArgumentException("this role is not known here");
        };
    }

    public static Admission.OfAgent agent(AgentToken agent) {
        return new Admission.OfAgent(agent.getName(), Labels.checked(agent.getLabelsMap()));
    }

    public static Admission.OfUser user(UserToken user) {
        var role = role(user.getRole());
        if (role == null) {
            throw new IllegalArgumentException("a user has a role: admin, submitter or viewer");
        }
        return new Admission.OfUser(user.getName(), role);
    }

    public static Token token(dev.ganger.proto.v1.Token token) {
        return new Token(token.getId(), admission(token), token.getUses(), token.getUsed(),
                token.hasExpiresAt() ? FromWire.instant(token.getExpiresAt()) : null, token.getLocal(),
                FromWire.instant(token.getCreatedAt()), token.getCreatedBy(),
                token.hasRevokedAt() ? FromWire.instant(token.getRevokedAt()) : null);
    }

    private static Admission admission(dev.ganger.proto.v1.Token token) {
        return switch (token.getSubjectCase()) {
            case AGENT -> agent(token.getAgent());
            case USER -> user(token.getUser());
            case SUBJECT_NOT_SET -> throw new IllegalArgumentException("a token lets in an agent or a user");
        };
    }

    public static User user(dev.ganger.proto.v1.User user) {
        var role = role(user.getRole());
        if (role == null) {
            throw new IllegalArgumentException("a user has a role");
        }
        return new User(user.getName(), role, FromWire.uuid(user.getIdentity()), FromWire.instant(user.getJoinedAt()),
                user.getToken());
    }
}
