package dev.ganger.wire;

import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import dev.ganger.model.Token;
import dev.ganger.model.User;
import dev.ganger.proto.v1.AgentToken;
import dev.ganger.proto.v1.UserToken;
import org.jspecify.annotations.Nullable;

/** Who may come in, from the model to the wire. */
public final class AccessToWire {
    private AccessToWire() {}

    /** Null: no user. */
    public static dev.ganger.proto.v1.Role role(@Nullable Role role) {
        return switch (role) {
            case null -> dev.ganger.proto.v1.Role.ROLE_UNSPECIFIED;
            case VIEWER -> dev.ganger.proto.v1.Role.ROLE_VIEWER;
            case SUBMITTER -> dev.ganger.proto.v1.Role.ROLE_SUBMITTER;
            case ADMIN -> dev.ganger.proto.v1.Role.ROLE_ADMIN;
        };
    }

    public static AgentToken agent(Admission.OfAgent agent) {
        return AgentToken.newBuilder().setName(agent.name()).putAllLabels(agent.labels()).build();
    }

    public static UserToken user(Admission.OfUser user) {
        return UserToken.newBuilder().setName(user.name()).setRole(role(user.role())).build();
    }

    public static dev.ganger.proto.v1.Token token(Token token) {
        var message = dev.ganger.proto.v1.Token.newBuilder().setId(token.id()).setUses(token.uses()).setUsed(token.used())
                .setLocal(token.local()).setCreatedAt(ToWire.instant(token.createdAt())).setCreatedBy(token.createdBy());
        switch (token.admission()) {
            case Admission.OfAgent agent -> message.setAgent(agent(agent));
            case Admission.OfUser user -> message.setUser(user(user));
        }
        if (token.expiresAt() != null) {
            message.setExpiresAt(ToWire.instant(token.expiresAt()));
        }
        if (token.revokedAt() != null) {
            message.setRevokedAt(ToWire.instant(token.revokedAt()));
        }
        return message.build();
    }

    public static dev.ganger.proto.v1.User user(User user) {
        return dev.ganger.proto.v1.User.newBuilder().setName(user.name()).setRole(role(user.role()))
                .setIdentity(ToWire.uuid(user.identity())).setJoinedAt(ToWire.instant(user.joinedAt())).setToken(user.token())
                .build();
    }
}
