package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.store.proto.AgentIdentity;
import dev.ganger.coordinator.store.proto.EventRecord;
import dev.ganger.coordinator.store.proto.IdentityJoined;
import dev.ganger.coordinator.store.proto.TokenCreated;
import dev.ganger.coordinator.store.proto.TokenRevoked;
import dev.ganger.coordinator.store.proto.UserIdentity;
import dev.ganger.coordinator.store.proto.UserRemoved;
import dev.ganger.wire.AccessFromWire;
import java.util.TreeMap;

import static dev.ganger.coordinator.store.ValueFromJournal.uuid;
import static dev.ganger.wire.FromWire.bytes;
import static dev.ganger.wire.FromWire.instant;

/** From what is kept of events about tokens and identities to the events. */
final class AccessFromJournal {
    private AccessFromJournal() {}

    static Event.Durable event(EventRecord record) {
        return switch (record.getEventCase()) {
            case TOKEN_CREATED -> created(record.getTokenCreated());
            case TOKEN_REVOKED -> revoked(record.getTokenRevoked());
            case TOKEN_FORGOTTEN -> new Event.TokenForgotten(record.getTokenForgotten().getId());
            case IDENTITY_JOINED -> joined(record.getIdentityJoined());
            case USER_REMOVED -> removed(record.getUserRemoved());
            default -> throw new AssertionError("not about who may come in: " + record.getEventCase());
        };
    }

    private static Event.TokenCreated created(TokenCreated record) {
        return new Event.TokenCreated(AccessFromWire.token(record.getToken()), bytes(record.getSecretHash()),
                record.hasLastUsedAt() ? instant(record.getLastUsedAt()) : null);
    }

    private static Event.TokenRevoked revoked(TokenRevoked record) {
        return new Event.TokenRevoked(record.getId(), instant(record.getAt()));
    }

    private static Event.IdentityJoined joined(IdentityJoined record) {
        return new Event.IdentityJoined(switch (record.getIdentityCase()) {
            case AGENT -> agent(record.getAgent());
            case USER -> user(record.getUser());
            case IDENTITY_NOT_SET -> throw new IllegalArgumentException("somebody joined who is neither an agent nor a user");
        }, record.getUses());
    }

    private static Identity agent(AgentIdentity record) {
        return new Identity.OfAgent(uuid(record.getInstance()), record.getName(), new TreeMap<>(record.getLabelsMap()),
                bytes(record.getKeyHash()), record.getToken(), instant(record.getJoinedAt()));
    }

    private static Identity user(UserIdentity record) {
        var role = AccessFromWire.role(record.getRole());
        if (role == null) {
            throw new IllegalArgumentException("user '" + record.getName() + "' has no role");
        }
        return new Identity.OfUser(uuid(record.getIdentity()), record.getName(), role, bytes(record.getKeyHash()),
                record.getToken(), instant(record.getJoinedAt()));
    }

    private static Event.UserRemoved removed(UserRemoved record) {
        return new Event.UserRemoved(record.getName(),
                record.getLoginsList().stream().map(ValueFromJournal::uuid).toList(), instant(record.getAt()));
    }
}
