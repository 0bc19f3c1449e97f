package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Command.Joined;
import dev.ganger.coordinator.core.Command.Joiner;
import dev.ganger.coordinator.core.Command.Logins;
import dev.ganger.coordinator.core.Command.Made;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.model.Token;
import org.jspecify.annotations.Nullable;

/** Decides who may come in: tokens, joining, and the end of users. That of agents is decided with all else about single agents. */
final class Admissions {
    /** SHA-256. */
    private static final int HASH_BYTES = 32;

    private final State state;

    Admissions(State state) {
        this.state = state;
    }

    // ---- tokens

    Decision<Made> create(Command.CreateToken create, Time time) {
        var refusal = refusalFor(create, time);
        if (refusal != null) {
            return new Decision.Rejected<>(refusal);
        }
        var token = new Token(create.id(), create.admission(), create.uses(), 0, create.expiresAt(), create.local(), time.at(),
                create.by(), null);
        var found = new Findings(state, time);
        if (state.tokens().all().size() >= Settings.TOKENS) {
            var first = state.tokens().firstToEnd();
            if (first == null || !first.isOver(time.at())) {
                return Decision.rejected(Kind.FULL, "there are %d tokens that somebody can join with; revoke some of them first"
                        .formatted(Settings.TOKENS));
            }
            found.add(new Event.TokenForgotten(first.token().id()));
        }
        found.add(new Event.TokenCreated(token, create.secretHash(), null));
        return found.reply(new Made(token));
    }

    private @Nullable Refusal refusalFor(Command.CreateToken create, Time time) {
        if (state.tokens().of(create.id()) != null || create.id().isBlank()) {
            return new Refusal(Kind.CONFLICT, "there is a token '%s' already; ask again".formatted(create.id()));
        }
        if (create.uses() < (create.local() ? 0 : 1) || create.uses() > Settings.TOKEN_USES) {
            return new Refusal(Kind.INVALID,
                    "a token is for 1 to %d uses, not %d".formatted(Settings.TOKEN_USES, create.uses()));
        }
        if (create.expiresAt() != null && !create.expiresAt().isAfter(time.at())) {
            return new Refusal(Kind.INVALID, "a token cannot have expired at %s before it is made".formatted(create.expiresAt()));
        }
        return create.secretHash().size() == HASH_BYTES
                ? null
                : new Refusal(Kind.INVALID,
                        "a token is known by %d bytes, not %d".formatted(HASH_BYTES, create.secretHash().size()));
    }

    Decision<Done> revoke(String id, Time time) {
        var kept = state.tokens().of(id);
        if (kept == null) {
            return Decision.rejected(Kind.NOT_FOUND, "there is no token '%s'; 'ganger token list' lists them".formatted(id));
        }
        return kept.token().revokedAt() == null
                ? Decision.accepted(Done.DONE, new Event.TokenRevoked(id, time.at()))
                : Decision.accepted(Done.DONE);
    }

    // ---- joining

    Decision<Joined> join(Command.Join join, Time time) {
        var kept = state.tokens().of(join.token());
        var expected = kept == null ? Bytes.EMPTY : kept.secretHash();
        if (!expected.equalsInConstantTime(join.secretHash()) || kept == null) {
            return Decision.rejected(Kind.NOT_ADMITTED,
                    "this token is not known here: was all of it copied, and is it for this coordinator? an admin makes another ('ganger token create')");
        }
        var refusal = refusalFor(kept.token(), join.loopback(), time);
        return refusal != null ? new Decision.Rejected<>(refusal) : switch (join.joiner()) {
            case Joiner.AnAgent agent -> kept.token().admission() instanceof Admission.OfAgent admission
                    ? join(kept, admission, agent, join.keyHash(), time)
                    : Decision.rejected(Kind.NOT_ADMITTED,
                            "token %s lets in a user, not an agent; 'ganger token create agent' makes one for agents"
                                    .formatted(join.token()));
            case Joiner.AUser user -> kept.token().admission() instanceof Admission.OfUser admission
                    ? join(kept, admission, user, join.keyHash(), time)
                    : Decision.rejected(Kind.NOT_ADMITTED,
                            "token %s lets in agents, not users; 'ganger token create user NAME' makes one for a user"
                                    .formatted(join.token()));
        };
    }

    private static @Nullable Refusal refusalFor(Token token, boolean loopback, Time time) {
        if (token.revokedAt() != null) {
            return new Refusal(Kind.NOT_ADMITTED, "token %s was revoked at %s; an admin makes another ('ganger token create')"
                    .formatted(token.id(), Plain.time(token.revokedAt())));
        }
        if (token.expiresAt() != null && !time.at().isBefore(token.expiresAt())) {
            return new Refusal(Kind.NOT_ADMITTED, "token %s expired at %s; an admin makes another ('ganger token create')"
                    .formatted(token.id(), Plain.time(token.expiresAt())));
        }
        return token.local() && !loopback
                ? new Refusal(Kind.NOT_ADMITTED,
                        "token %s is good on the coordinator's own machine only; 'ganger token create' makes one for others"
                                .formatted(token.id()))
                : null;
    }

    private Decision<Joined> join(Tokens.Kept kept, Admission.OfAgent admission, Joiner.AnAgent agent, Bytes keyHash, Time time) {
        var refusal = refusalFor(admission, agent, keyHash, time);
        if (refusal != null) {
            return new Decision.Rejected<>(refusal);
        }
        var known = state.identities().of(agent.instance());
        var again = known != null && known.token().equals(kept.token().id()) && known.keyHash().equals(keyHash);
        if (again && known != null && known.name().equals(agent.name())) {
            return Decision.accepted(new Joined(known));
        }
        if (!again && kept.isUsedUp()) {
            return usedUp(kept.token());
        }
        if (known == null && state.identities().agents() >= Settings.AGENT_IDENTITIES) {
            return Decision.rejected(Kind.FULL, "%d agents have joined; remove some of them first ('ganger agent remove')"
                    .formatted(Settings.AGENT_IDENTITIES));
        }
        var identity = new Identity.OfAgent(agent.instance(), agent.name(), admission.labels(), keyHash, kept.token().id(),
                time.at());
        return Decision.accepted(new Joined(identity), new Event.IdentityJoined(identity, !again));
    }

    private @Nullable Refusal refusalFor(Admission.OfAgent admission, Joiner.AnAgent agent, Bytes keyHash, Time time) {
        var removal = state.fleet().restraints().removalOf(agent.instance());
        if (removal != null) {
            return new Refusal(Kind.FORBIDDEN, removal.sentence());
        }
        if (!admission.name().isEmpty() && !admission.name().equals(agent.name())) {
            return new Refusal(Kind.FORBIDDEN,
                    "this token is for agent '%s', not for '%s'; start the agent with --name %s, or ask for a token for its name"
                            .formatted(admission.name(), agent.name(), admission.name()));
        }
        var known = state.identities().of(agent.instance());
        if (known instanceof Identity.OfUser) {
            return new Refusal(Kind.CONFLICT,
                    "the id %s of this installation is that of a login; start the agent with another --data"
                            .formatted(agent.instance()));
        }
        var present = state.fleet().of(agent.instance());
        if (known != null && present != null && !known.keyHash().equals(keyHash)) {
            return new Refusal(Kind.CONFLICT,
                    "this installation is here as agent '%s' with another key, and was last heard of %d s ago; join again when it has ended"
                            .formatted(present.id(), present.silentFor(time.now()) / 1_000));
        }
        return state.fleet().refusalOfName(agent.name(), agent.instance(), time);
    }

    private Decision<Joined> join(Tokens.Kept kept, Admission.OfUser admission, Joiner.AUser user, Bytes keyHash, Time time) {
        var known = state.identities().login(kept.token().id(), keyHash);
        if (known != null) {
            return Decision.accepted(new Joined(known));
        }
        if (kept.isUsedUp()) {
            return usedUp(kept.token());
        }
        if (state.identities().users() >= Settings.LOGINS) {
            return Decision.rejected(Kind.FULL, "there are %d logins of users; remove some of them first ('ganger user remove')"
                    .formatted(Settings.LOGINS));
        }
        if (state.identities().of(user.identity()) != null || state.fleet().of(user.identity()) != null) {
            return Decision.rejected(Kind.CONFLICT, "the id %s is somebody else's; ask again".formatted(user.identity()));
        }
        var identity = new Identity.OfUser(user.identity(), admission.name(), admission.role(), keyHash, kept.token().id(),
                time.at());
        return Decision.accepted(new Joined(identity), new Event.IdentityJoined(identity, true));
    }

    private static Decision<Joined> usedUp(Token token) {
        return Decision.rejected(Kind.NOT_ADMITTED,
                "token %s is used up: %s joined with it; an admin makes another ('ganger token create')"
                        .formatted(token.id(), token.uses() == 1 ? "somebody" : "all of %d".formatted(token.uses())));
    }

    // ---- users

    /** Also what a user could come back with is revoked. */
    Decision<Logins> remove(String name, Time time) {
        var logins = state.identities().logins(name);
        var tokens = state.tokens().open(name, time.at());
        if (logins.isEmpty() && tokens.isEmpty()) {
            return noSuchUser(name);
        }
        if (logins.stream().anyMatch(login -> login.role() == Role.ADMIN) && !state.identities().hasAdminBeside(name)) {
            return Decision.rejected(Kind.NOT_NOW,
                    "user '%s' is the last admin; let in another one first ('ganger token create user NAME --role admin')"
                            .formatted(name));
        }
        var found = new Findings(state, time);
        tokens.forEach(token -> found.add(new Event.TokenRevoked(token.id(), time.at())));
        found.add(new Event.UserRemoved(name, logins.stream().map(Identity.OfUser::identity).toList(), time.at()));
        return found.reply(new Logins(logins.size()));
    }

    private Decision<Logins> noSuchUser(String name) {
        var names = state.identities().all(Identity.OfUser.class).map(Identity::name).distinct().sorted().toList();
        return Decision.rejected(Kind.NOT_FOUND, "there is no user '%s'; there %s".formatted(name,
                names.isEmpty() ? "is none" : "are " + Plain.names(names)));
    }

    // ---- what happens by itself

    /** The token that was over first, if that is long enough ago. */
    void forgetOver(Findings found, Time time) {
        var first = state.tokens().firstToEnd();
        if (first != null && first.isOver(time.at().minus(Settings.TOKEN_PATIENCE))) {
            found.add(new Event.TokenForgotten(first.token().id()));
        }
    }
}
