package dev.ganger.coordinator.core;

import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Somebody who joined and may come back: whom the coordinator takes a certificate for. */
public sealed interface Identity {

    /** What its certificate says it is: the installation of an agent, the login of a user. */
    UUID id();

    String name();

    /** SHA-256 of the key it joined with last: a certificate of an earlier key does not count any more. */
    Bytes keyHash();

    /** The id of the token it joined with last. */
    String token();

    /** When it joined last. */
    Instant joinedAt();

    /**
     * An installation of an agent.
     *
     * @param labels what the coordinator says of it
     */
    record OfAgent(UUID instance, String name, SortedMap<String, String> labels, Bytes keyHash, String token, Instant joinedAt)
            implements
                Identity {
        public OfAgent {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }

        @Override
        public UUID id() {
            return instance;
        }
    }

    /** A login of a user: one key on one machine. */
    record OfUser(UUID identity, String name, Role role, Bytes keyHash, String token, Instant joinedAt) implements Identity {
        @Override
        public UUID id() {
            return identity;
        }
    }
}
