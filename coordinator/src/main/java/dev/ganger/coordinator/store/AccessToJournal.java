package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.store.proto.AgentIdentity;
import dev.ganger.coordinator.store.proto.EventRecord;
import dev.ganger.coordinator.store.proto.IdentityJoined;
import dev.ganger.coordinator.store.proto.TokenCreated;
import dev.ganger.coordinator.store.proto.TokenForgotten;
import dev.ganger.coordinator.store.proto.TokenRevoked;
import dev.ganger.coordinator.store.proto.UserIdentity;
import dev.ganger.coordinator.store.proto.UserRemoved;
import dev.ganger.wire.AccessToWire;

import static dev.ganger.coordinator.store.ValueToJournal.uuid;
import static dev.ganger.wire.ToWire.bytes;
import static dev.ganger.wire.ToWire.instant;

/** From events about tokens and identities to what is kept of them. */
final class AccessToJournal {
    private AccessToJournal() {}

    static void put(Event.OfAccess event, EventRecord.Builder record) {
        switch (event) {
            case Event.TokenCreated created -> record.setTokenCreated(created(created));
            case Event.TokenRevoked(var id, var at) ->
                record.setTokenRevoked(TokenRevoked.newBuilder().setId(id).setAt(instant(at)));
            case Event.TokenForgotten(var id) -> record.setTokenForgotten(TokenForgotten.newBuilder().setId(id));
            case Event.IdentityJoined joined -> record.setIdentityJoined(joined(joined));
            case Event.UserRemoved removed -> record.setUserRemoved(removed(removed));
        }
    }

    private static TokenCreated created(Event.TokenCreated created) {
        var record = TokenCreated.newBuilder().setToken(AccessToWire.token(created.token()))
                .setSecretHash(bytes(created.secretHash()));
        if (created.lastUsedAt() != null) {
            record.setLastUsedAt(instant(created.lastUsedAt()));
        }
        return record.build();
    }

    private static IdentityJoined joined(Event.IdentityJoined joined) {
        var record = IdentityJoined.newBuilder().setUses(joined.uses());
        switch (joined.identity()) {
            case Identity.OfAgent agent -> record.setAgent(AgentIdentity.newBuilder().setInstance(uuid(agent.instance()))
                    .setName(agent.name()).putAllLabels(agent.labels()).setKeyHash(bytes(agent.keyHash()))
                    .setToken(agent.token()).setJoinedAt(instant(agent.joinedAt())));
            case Identity.OfUser user -> record.setUser(UserIdentity.newBuilder().setIdentity(uuid(user.identity()))
                    .setName(user.name()).setRole(AccessToWire.role(user.role())).setKeyHash(bytes(user.keyHash()))
                    .setToken(user.token()).setJoinedAt(instant(user.joinedAt())));
        }
        return record.build();
    }

    private static UserRemoved removed(Event.UserRemoved removed) {
        var record = UserRemoved.newBuilder().setName(removed.name()).setAt(instant(removed.at()));
        removed.logins().forEach(login -> record.addLogins(uuid(login)));
        return record.build();
    }
}
