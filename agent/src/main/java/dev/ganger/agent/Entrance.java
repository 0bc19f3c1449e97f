package dev.ganger.agent;

import dev.ganger.agent.link.Joining;
import dev.ganger.model.AgentId;
import dev.ganger.trust.Contexts;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.TokenLine;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this agent one of its coordinator's before it works: with what it kept when it joined, else with the token that it was given, else with the
 * one that a coordinator of the same user left on this machine.
 */
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    /** The file that says where the agent joined. */
    private static final String ADDRESS = "coordinator";

    private final AgentSettings settings;
    private final AgentId agent;
    private final CredentialFolder kept;
    private final Contexts contexts;
    private boolean joining;

    Entrance(AgentSettings settings, AgentId agent, CredentialFolder kept, Contexts contexts) {
        this.settings = settings;
        this.agent = agent;
        this.kept = kept;
        this.contexts = contexts;
    }

    /** Granted or refused, however long it takes that the coordinator answers. */
    Admission pass() throws IOException, InterruptedException {
        var said = "";
        var pause = FIRST_PAUSE_MILLIS;
        while (true) {
            var admission = look();
            if (!(admission instanceof Admission.Awaited(var what))) {
                return admission;
            }
            if (!what.equals(said)) {
                LOG.warn("{}; trying again until it is there", what);
                said = what;
            }
            Thread.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private Admission look() throws IOException {
        if (settings.insecure()) {
            return new Admission.Granted(new Trust.Nobody());
        }
        var present = kept.read();
        var local = localToken();
        var token = settings.token() == null ? local : settings.token();
        if (present != null && (token == null || isAsGood(present, token))) {
            return goOn(present);
        }
        if (token != null) {
            return join(token, token == local);
        }
        return settings.coordinator().isLoopback()
                ? new Admission.Awaited(
                        ("no coordinator of this user has been at %s; one is elsewhere, or another user's? then --join TOKEN lets this agent in")
                                .formatted(settings.coordinator()))
                : new Admission.Refused(
                        ("this agent has not joined the coordinator at %s; make a token there ('ganger token create agent') "
                                + "and start it with --join TOKEN").formatted(settings.coordinator()));
    }

    /** With a token at hand, what was kept must be for the same coordinator, under the same name, and of use. */
    private boolean isAsGood(Credentials present, TokenLine token) {
        return present.name().equals(agent.name()) && Fingerprint.of(present.authority()).equals(token.authority())
                && Instant.now().isBefore(present.expiresAt().plus(Credentials.RENEWABLE));
    }

    /** What the coordinator of the same user at this address left for its agents; null if there is none. */
    private @Nullable TokenLine localToken() throws IOException {
        if (!settings.coordinator().isLoopback()) {
            return null;
        }
        for (var context : contexts.at(settings.coordinator().toString())) {
            var word = context.agentToken();
            if (word != null) {
                return TokenLine.parse(word);
            }
        }
        return null;
    }

    private Admission goOn(Credentials present) throws IOException {
        if (!present.name().equals(agent.name())) {
            return new Admission.Refused(
                    ("this agent joined as '%s', not as '%s'; start it with --name %s, or make a token for the other name "
                            + "('ganger token create agent --name %s') and start it with --join TOKEN").formatted(present.name(),
                                    agent.name(),
                                    present.name(), agent.name()));
        }
        if (Instant.now().isBefore(present.expiresAt())) {
            return new Admission.Granted(new Trust.Mutual(present));
        }
        return answered(Joining.renew(settings.coordinator(), present), false);
    }

    private Admission join(TokenLine token, boolean local) throws IOException {
        if (!joining) {
            LOG.info("joining the coordinator at {} as {}", settings.coordinator(), agent.name());
            joining = true;
        }
        return answered(Joining.join(settings.coordinator(), token, agent, kept.keys()), local);
    }

    /** A coordinator that was set up anew leaves a new token a moment after it serves. */
    private Admission answered(Joining.Answer answer, boolean local) throws IOException {
        return switch (answer) {
            case Joining.Answer.Welcome(var credentials) -> {
                kept.write(credentials);
                kept.write(ADDRESS, settings.coordinator() + "\n");
                yield new Admission.Granted(new Trust.Mutual(credentials));
            }
            case Joining.Answer.Unknown(var why) when local -> new Admission.Awaited(
                    "the coordinator at %s does not take the token that was left here: %s".formatted(settings.coordinator(),
                            why));
            case Joining.Answer.Unknown(var why) -> new Admission.Refused(why);
            case Joining.Answer.Stranger(var why) when settings.token() != null -> new Admission.Refused(why);
            case Joining.Answer.Stranger(var why) -> new Admission.Awaited(
                    "what answers at %s is not this agent's coordinator: %s".formatted(settings.coordinator(), why));
            case Joining.Answer.Refused(var refusal) -> new Admission.Refused(refusal);
            case Joining.Answer.NoAnswer(var why) -> new Admission.Awaited(
                    "no answer from the coordinator at %s: %s".formatted(settings.coordinator(), why));
        };
    }

    /** Where the agent of this folder joined; null if it has not. */
    static @Nullable Address joinedAt(CredentialFolder kept) {
        try {
            var text = kept.text(ADDRESS);
            return text == null ? null : Address.parse(text.strip());
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
