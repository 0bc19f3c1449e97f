package dev.ganger.coordinator.security;

import dev.ganger.model.Role;
import io.grpc.Context;
import java.util.UUID;

/** Who makes a call. */
public sealed interface Caller {
    /** Who everybody is on a connection in plain text. */
    Anonymous ANONYMOUS = new Anonymous();
    /** Where the gate leaves it for the services. */
    Context.Key<Caller> KEY = Context.key("caller");

    /** Of the call that this thread serves; to be asked when the call begins, as other threads do not know it. */
    static Caller present() {
        var caller = KEY.get();
        if (caller == null) {
            throw new IllegalStateException("a call came past the gate");
        }
        return caller;
    }

    /** Without what belongs to people: agents and users can have the same. */
    String name();

    /** As a sentence has it. */
    String described();

    /** Everybody, where nothing is encrypted: an admin, and any agent. */
    record Anonymous() implements Caller {
        @Override
        public String name() {
            return "anonymous";
        }

        @Override
        public String described() {
            return "anonymous";
        }
    }

    /** Nobody yet. */
    record Stranger() implements Caller {
        static final Stranger STRANGER = new Stranger();

        @Override
        public String name() {
            return "";
        }

        @Override
        public String described() {
            return "nobody yet";
        }
    }

    /** An agent's installation that joined. */
    record Agent(UUID instance, String name) implements Caller {
        @Override
        public String described() {
            return "agent '" + name + "'";
        }
    }

    /** A user's login. */
    record User(UUID identity, String name, Role role) implements Caller {
        @Override
        public String described() {
            return "%s, %s %s".formatted(name, role == Role.ADMIN ? "an" : "a", role.word());
        }
    }
}
